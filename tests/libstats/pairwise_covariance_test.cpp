#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

#include <cmath>

#include "mathtool/math/symmetric_eigen.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::PairwiseCovariance;
using test::largest_difference;

namespace {

const double na = std::nan("");

/// x = 1 2 3 -, y = 2 1 - 4, z = - 0 1 5
Mat holey() {
  Mat X(4, 3);
  X << 1, 2, na, 2, 1, 0, 3, na, 1, na, 4, 5;
  return X;
}

}  // namespace

TEST_CASE("pairwise covariance: each pair by the rows that have both", "[stats]") {
  PairwiseCovariance c;
  c.push_rows(holey());
  const stats::CovarianceEstimate e = c.pairwise();
  CHECK_NEAR(e.mean[0], 2.0, 1e-15);
  CHECK_NEAR(e.mean[1], 7.0 / 3, 1e-15);
  CHECK_NEAR(e.matrix(0, 0), 1.0, 1e-15);      // 1 2 3
  CHECK_NEAR(e.matrix(1, 1), 7.0 / 3, 1e-15);  // 2 1 4: squares 1/9 + 16/9 + 25/9 = 14/3
  CHECK_NEAR(e.matrix(0, 1), -0.5, 1e-15);     // (1 2), (2 1)
  CHECK_NEAR(e.matrix(1, 2), 7.5, 1e-14);      // (1 0), (4 5)
  CHECK_NEAR(e.matrix(0, 2), 0.5, 1e-15);      // (2 0), (3 1)
  CHECK(e.matrix == e.matrix.transpose());
  CHECK(c.pair_counts()(0, 1) == 2);
}

TEST_CASE("pairwise covariance: imputing means equals filling them in", "[stats]") {
  PairwiseCovariance c;
  c.push_rows(holey());
  Mat filled = holey();
  const double means[] = {2.0, 7.0 / 3, 2.0};
  for (Index i = 0; i < 4; ++i)
    for (Index j = 0; j < 3; ++j)
      if (std::isnan(filled(i, j))) filled(i, j) = means[j];
  stats::Covariance expected;
  expected.push_rows(filled);
  CHECK(largest_difference(c.mean_imputed().matrix, expected.matrix()) <= 1e-15);
}

TEST_CASE("pairwise covariance: without missing values it is the covariance", "[stats]") {
  const Mat X = test::random_matrix(3000, 5, 8);
  PairwiseCovariance pairs;
  for (Index i = 0; i < 3000; i += 1000) pairs.push_rows(X.middleRows(i, 1000));
  stats::Covariance plain;
  plain.push_rows(X);
  CHECK(largest_difference(pairs.pairwise().matrix, plain.matrix()) <= 1e-15);
  CHECK(largest_difference(pairs.mean_imputed().matrix, plain.matrix()) <= 1e-15);
}

TEST_CASE("pairwise covariance: columns that never meet give NaN", "[stats]") {
  Mat X(4, 2);
  X << 1, na, 2, na, na, 3, na, 5;
  PairwiseCovariance c;
  c.push_rows(X);
  CHECK(std::isnan(c.pairwise().matrix(0, 1)));
  CHECK_NEAR(c.pairwise().matrix(1, 1), 2.0, 1e-15);
}

TEST_CASE("nearest covariance: an indefinite matrix is repaired, a definite one untouched",
          "[stats]") {
  Mat C(3, 3);
  C << 1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1;  // no three variables can correlate like this
  const stats::RepairedCovariance repaired = stats::nearest_covariance(C);
  CHECK_NEAR(repaired.most_negative, -0.8, 1e-14);  // eigenvalues 1.9, 1.9, -0.8
  CHECK(math::symmetric_eigen(repaired.matrix).values.minCoeff() >= -1e-15);
  CHECK(largest_difference(repaired.matrix.diagonal(), Vec::Ones(3)) <= 1e-15);
  const Mat definite = Mat::Identity(3, 3) * 2;
  CHECK(stats::nearest_covariance(definite).matrix == definite);
  CHECK(stats::nearest_covariance(definite).most_negative == 0.0);
}
