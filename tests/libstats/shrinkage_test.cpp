#include "mathtool/stats/shrinkage.hpp"

#include <cmath>

#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::FourthNorm;
using test::largest_difference;

namespace {

Mat small() {
  Mat X(5, 3);
  X << 2, 1, 9, 4, 3, 1, 1, 0, 4, 7, 5, 2, 3, 2, 8;
  return X;
}

FourthNorm of(const Mat& X) {
  FourthNorm norm;
  norm.push_rows(X);
  return norm;
}

double fourths_of(const Mat& X) {
  return (X.rowwise() - X.colwise().mean()).rowwise().squaredNorm().array().square().sum();
}

}  // namespace

TEST_CASE("ledoit-wolf: the intensity of the paper", "[stats][shrinkage]") {
  // By the definition in R 4.2, with Y the centred rows, S = crossprod(Y) / n and T its target:
  // b = sum over i of ||outer(Y[i,], Y[i,]) - S||^2 / n^2, d = ||S - T||^2, min(b, d) / d
  const stats::ShrunkCovariance c = stats::shrink_ledoit_wolf(of(small()));
  CHECK_NEAR(c.shrinkage, 0.31116436238349748, 1e-15);
  CHECK_NEAR(c.target, 17.36 / 3, test::ulps(2, 5.8));
  CHECK_NEAR(c.matrix(0, 1), (1 - 0.31116436238349748) * 3.52, 1e-14);
  CHECK_NEAR(c.matrix(0, 0), (1 - 0.31116436238349748) * 4.24 + 0.31116436238349748 * 17.36 / 3,
             1e-14);
}

TEST_CASE("oas: the intensity of the formula", "[stats][shrinkage]") {
  // R 4.2: min(1, (mean(S^2) + mu^2) / ((n + 1) * (mean(S^2) - mu^2 / p)))
  const stats::ShrunkCovariance c = stats::shrink_oas(of(small()).covariance().estimate());
  CHECK_NEAR(c.shrinkage, 0.85999823313750601, 1e-15);
  CHECK(c.matrix == c.matrix.transpose());
}

TEST_CASE("shrinkage: many rows are left alone, few are pulled to the target, always definite",
          "[stats][shrinkage]") {
  Mat X = test::random_matrix(20000, 3, 6);
  X.col(0) *= 3;
  CHECK(stats::shrink_ledoit_wolf(of(X)).shrinkage < 1e-3);
  const Mat wide = test::random_matrix(4, 30, 7);
  for (const auto& c :
       {stats::shrink_ledoit_wolf(of(wide)), stats::shrink_oas(of(wide).covariance().estimate())}) {
    CHECK(c.shrinkage > 0.3);
    CHECK(c.shrinkage <= 1);
    CHECK_NEAR(c.matrix.trace(), 30 * c.target, 1e-13);
  }
}

TEST_CASE("shrinkage: what cannot be pulled stays", "[stats][shrinkage]") {
  const Mat column = test::random_matrix(9, 1, 3);
  const double variance = of(column).covariance().matrix()(0, 0) * 8 / 9;
  CHECK_NEAR(stats::shrink_ledoit_wolf(of(column)).matrix(0, 0), variance, 1e-16);
  CHECK_NEAR(stats::shrink_oas(of(column).covariance().estimate()).matrix(0, 0), variance, 1e-16);
  CHECK(stats::shrink_ledoit_wolf(of(Mat::Ones(5, 2))).matrix == Mat::Zero(2, 2));
  CHECK(std::isnan(stats::shrink_ledoit_wolf(of(Mat::Ones(1, 2))).matrix(0, 0)));
}

TEST_CASE("fourth norm: blocks, offsets and weights give what two passes give",
          "[stats][shrinkage]") {
  const Mat X = test::random_matrix(1000, 4, 12);
  const double expected = fourths_of(X);
  FourthNorm blocks, far, weighted;
  for (Index i = 0; i < 1000; i += 250) {
    blocks.push_rows(X.middleRows(i, 250));
    far.push_rows((X.middleRows(i, 250).array() + 1024).matrix());
  }
  CHECK_NEAR(of(X).fourths(), expected, test::relative(1e-14, expected));
  CHECK_NEAR(blocks.fourths(), expected, test::relative(1e-14, expected));
  CHECK_NEAR(far.fourths(), expected, test::relative(1e-11, expected));
  Vec weights = Vec::Ones(1000);
  weights.head(500).setConstant(3);
  weights.tail(100).setZero();
  Mat repeated(1900, 4);
  repeated << X.topRows(500), X.topRows(500), X.topRows(900);
  weighted.push_rows(X, weights);
  CHECK_NEAR(weighted.fourths(), fourths_of(repeated), test::relative(1e-14, expected));
  CHECK(largest_difference(weighted.covariance().matrix(), of(repeated).covariance().matrix()) <=
        1e-15);
}
