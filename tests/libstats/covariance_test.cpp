#include "mathtool/stats/accumulators/covariance.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Covariance;
using test::largest_difference;
using test::random_matrix;

namespace {

Mat two_pass(const Mat& X) {
  const Mat Z = X.rowwise() - X.colwise().mean();
  return Z.transpose() * Z / static_cast<double>(X.rows() - 1);
}

}  // namespace

TEST_CASE("covariance: a table computed by hand", "[stats]") {
  Mat X(3, 2);
  X << 1, 2, 2, 4, 6, 3;  // deviations (-2 -1), (-1 1), (3 0)
  Covariance c;
  c.push_rows(X);
  CHECK(c.mean() == Vec{{3.0, 3.0}});
  Mat expected(2, 2);
  expected << 7, 0.5, 0.5, 1;
  CHECK(largest_difference(c.matrix(), expected) <= 1e-15);
  CHECK(c.count() == 3);
  CHECK(c.weight() == 3.0);
}

TEST_CASE("covariance: the same bits however the rows are pushed", "[stats]") {
  const RowMat X = random_matrix(5000, 6, 1);
  Covariance whole, single, pieces;
  whole.push_rows(X);
  for (Index i = 0; i < X.rows(); ++i) single.push(X.row(i).transpose());
  for (Index i = 0, step = 1; i < X.rows(); i += step, step = 2 * step + 1)
    pieces.push_rows(X.middleRows(i, std::min(step, X.rows() - i)));
  CHECK(whole.matrix() == single.matrix());
  CHECK(whole.matrix() == pieces.matrix());
  CHECK(whole.mean() == pieces.mean());
}

TEST_CASE("covariance: threads do not change a bit", "[stats]") {
  const RowMat X = random_matrix(1500, 300, 2);
  Covariance one(300, 1), two(300, 2), all(300, 0);
  for (Covariance* c : {&one, &two, &all}) c->push_rows(X);
  CHECK(one.matrix() == two.matrix());
  CHECK(one.matrix() == all.matrix());
}

TEST_CASE("covariance: blocks merge to what two passes give", "[stats]") {
  const Mat X = random_matrix(4000, 10, 3);
  Covariance c;
  c.push_rows(X);
  CHECK(largest_difference(c.matrix(), two_pass(X)) <= 1e-15);
}

TEST_CASE("covariance: an offset that grows from row to row costs no digits", "[stats]") {
  // Integers around 1e9: their covariance by exact integer arithmetic.
  constexpr Index n = 3000;
  Mat X(n, 2);
  long long sum[2] = {0, 0}, products[3] = {0, 0, 0};
  for (Index i = 0; i < n; ++i) {
    const long long a = i * i % 101, b = (3 * i) % 53 - a;
    X.row(i) << 1e9 + static_cast<double>(a), -1e9 + static_cast<double>(b);
    sum[0] += a, sum[1] += b;
    products[0] += a * a, products[1] += a * b, products[2] += b * b;
  }
  Covariance c;
  c.push_rows(X);
  const Mat C = c.matrix();
  const auto exact = [&](int which, int i, int j) {
    return static_cast<double>(products[which] * n - sum[i] * sum[j]) / n / (n - 1);
  };
  CHECK_NEAR(C(0, 0), exact(0, 0, 0), test::relative(1e-14, C(0, 0)));
  CHECK_NEAR(C(0, 1), exact(1, 0, 1), test::relative(1e-14, C(0, 0)));
  CHECK_NEAR(C(1, 1), exact(2, 1, 1), test::relative(1e-14, C(1, 1)));
  CHECK(c.mean()[0] == 1e9 + static_cast<double>(sum[0]) / n);
}

TEST_CASE("covariance: a constant column has variance exactly zero", "[stats]") {
  Mat X = random_matrix(2500, 2, 4);
  X.col(0).setConstant(0.1);
  Covariance c;
  c.push_rows(X);
  CHECK(c.matrix()(0, 0) == 0.0);
  CHECK(c.matrix()(0, 1) == 0.0);
  CHECK(c.mean()[0] == 0.1);
}

TEST_CASE("covariance: weight 2 equals the row twice, weight 0 no row", "[stats]") {
  const Mat X = random_matrix(50, 3, 5);
  Covariance weighted, repeated;
  Vec weights(50);
  for (Index i = 0; i < 50; ++i) {
    weights[i] = static_cast<double>(i % 3);
    for (int copy = 0; copy < i % 3; ++copy) repeated.push(X.row(i).transpose());
  }
  weighted.push_rows(X, weights);
  CHECK(weighted.weight() == repeated.weight());
  CHECK(largest_difference(weighted.matrix(), repeated.matrix()) <= 1e-15);
  CHECK(largest_difference(weighted.mean(), repeated.mean()) <= 1e-16);
  CHECK_THROWS_AS(weighted.push_rows(X, Vec::Constant(50, -1)), DomainError);
  CHECK_THROWS_AS(weighted.push_rows(X, Vec::Ones(49)), DimensionError);
}

TEST_CASE("covariance: too few rows give NaN, other widths an error", "[stats]") {
  Covariance c(2);
  CHECK(std::isnan(c.mean()[0]));
  c.push(Vec{{1.0, 2.0}});
  CHECK(c.mean() == Vec{{1.0, 2.0}});
  CHECK(std::isnan(c.matrix()(0, 0)));
  CHECK_THROWS_AS(c.push(Vec{{1.0}}), DimensionError);
  CHECK_THROWS_AS(c.merge([] {
    Covariance other;
    other.push(Vec{{1.0, 2.0, 3.0}});
    return other;
  }()),
                  DimensionError);
}
