#include "mathtool/math/linear_algebra/least_squares.hpp"

#include <rapidcheck.h>

#include <atomic>
#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using math::DesignTerm;
using math::LeastSquaresFit;
using test::random_matrix;

TEST_CASE("least squares: three points and no intercept, by hand", "[math]") {
  // NIST StRD, NoInt2: Σxy = 56, Σx² = 77, residual sum 41 − 56²/77 = 3/11.
  const Vec x = Eigen::Vector3d(4, 5, 6), y = Eigen::Vector3d(3, 4, 4);
  const LeastSquaresFit fit = math::least_squares(x, y);
  CHECK_NEAR(fit.coefficients[0], 8.0 / 11, test::ulps(1, 8.0 / 11));
  CHECK_NEAR(fit.residual_sum_of_squares, 3.0 / 11, test::ulps(2, 3.0 / 11));
  CHECK_NEAR(fit.inverse_gram(0, 0), 1.0 / 77, test::ulps(2, 1.0 / 77));
  CHECK(fit.degrees_of_freedom == 2);
  for (Index i = 0; i < 3; ++i) CHECK_NEAR(fit.residuals[i], y[i] - x[i] * 8 / 11, 1e-15);
}

TEST_CASE("least squares: years are as good as small numbers", "[math]") {
  // y is the polynomial (t/8)¹⁰ of t = x − 1985, so its coefficients follow from the binomials.
  const Index n = 71;
  Vec x(n), y(n);
  for (Index i = 0; i < n; ++i) {
    x[i] = static_cast<double>(1950 + i);
    y[i] = 1.0;
    for (int k = 0; k < 10; ++k) y[i] *= (x[i] - 1985) / 8;  // exact: below 2⁵³ in units of 2⁻³⁰
  }
  const LeastSquaresFit fit = math::polynomial_least_squares(x, y, 10);
  CHECK(fit.status == Status::converged);
  double binomial = 1.0;
  for (int k = 10; k >= 0; --k) {
    const double expected = binomial * std::pow(-1985.0, 10 - k) / std::pow(8.0, 10);
    INFO("power " << k);
    CHECK_NEAR(fit.coefficients[k], expected, test::relative(1e-14, expected));
    binomial *= static_cast<double>(k) / (11 - k);
  }
}

TEST_CASE("least squares: a dependent column is numbered and left out", "[math]") {
  Mat X = random_matrix(50, 5, 3);
  X.col(3) = X.col(0) - 2 * X.col(1);
  const Vec y = random_matrix(50, 1, 4);
  const LeastSquaresFit fit = math::least_squares(X, y);
  CHECK(fit.dependent == std::vector<Index>{3});
  CHECK(fit.rank() == 4);
  CHECK(fit.coefficients[3] == 0.0);
  CHECK(std::isnan(fit.standard_errors[3]));
  CHECK(fit.degrees_of_freedom == 46);
  CHECK(fit.status == Status::suspicious);
  CHECK_THAT(fit.reason, ContainsSubstring("column 3"));

  Mat kept(50, 4);
  kept << X.leftCols(3), X.col(4);
  const LeastSquaresFit without = math::least_squares(kept, y);
  CHECK(without.status == Status::converged);
  CHECK_NEAR(fit.coefficients[4], without.coefficients[3], test::ulps(4, fit.coefficients[4]));
  CHECK_NEAR(fit.standard_errors[1], without.standard_errors[1], 1e-14);
}

TEST_CASE("least squares: repeated points cannot carry a higher degree", "[math]") {
  Vec x(6), y(6);
  x << 1, 1, 2, 2, 3, 3;
  y << 1, 3, 4, 6, 9, 11;  // means 2, 5, 10 = x² + 1
  const LeastSquaresFit fit = math::polynomial_least_squares(x, y, 4);
  CHECK(fit.dependent == std::vector<Index>{3, 4});
  CHECK(fit.status == Status::suspicious);
  CHECK_NEAR(fit.coefficients[0], 1.0, 1e-13);
  CHECK_NEAR(fit.coefficients[1], 0.0, 1e-13);
  CHECK_NEAR(fit.coefficients[2], 1.0, 1e-13);
}

TEST_CASE("least squares: a weight of two is the row written twice", "[math]") {
  const Mat X = random_matrix(40, 3, 5);
  const Vec y = random_matrix(40, 1, 6);
  std::vector<double> weights(40, 1.0);
  weights[7] = 2.0;
  weights[9] = 0.0;
  const LeastSquaresFit weighted = math::least_squares(X, y, {.weights = weights});
  Mat rows(40, 3);
  Vec values(40);
  Index to = 0;
  for (Index i = 0; i < 40; ++i) {
    if (i == 9) continue;
    for (int copy = 0; copy < (i == 7 ? 2 : 1); ++copy, ++to) {
      rows.row(to) = X.row(i);
      values[to] = y[i];
    }
  }
  const LeastSquaresFit written = math::least_squares(rows, values);
  CHECK(test::largest_difference(weighted.coefficients, written.coefficients) <= 1e-15);
  CHECK_NEAR(weighted.residual_sum_of_squares, written.residual_sum_of_squares, 1e-14);
  CHECK(weighted.degrees_of_freedom == 39 - 3);
  CHECK(std::isfinite(weighted.residuals[9]));
}

TEST_CASE("least squares: the size of the units does not matter", "[math]") {
  const Mat X = random_matrix(30, 3, 7);
  const Vec y = random_matrix(30, 1, 8);
  const LeastSquaresFit plain = math::least_squares(X, y);
  for (const double unit : {1e300, 1e-300}) {
    INFO("unit " << unit);
    const LeastSquaresFit scaled = math::least_squares(unit * X, unit * y);
    CHECK(scaled.status == Status::converged);
    CHECK(test::largest_difference(scaled.coefficients, plain.coefficients) <= 1e-14);
    CHECK(test::largest_difference(scaled.standard_errors, plain.standard_errors) <= 1e-14);
  }
  const LeastSquaresFit beyond = math::least_squares(1e-200 * X, 1e200 * y);
  CHECK(beyond.status == Status::not_finite);
}

TEST_CASE("least squares: residuals are orthogonal to the columns", "[math]") {
  CHECK(rc::check([] {
    const Index p = *rc::gen::inRange<Index>(1, 8), n = *rc::gen::inRange<Index>(p, 600);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const Mat X = random_matrix(n, p, seed);
    const Vec y = random_matrix(n, 1, seed + 1);
    const LeastSquaresFit fit = math::least_squares(X, y);
    RC_ASSERT(fit.status == Status::converged || !fit.dependent.empty());
    RC_ASSERT((X.transpose() * fit.residuals).cwiseAbs().maxCoeff() <= 1e-12);
    RC_ASSERT((y - X * fit.coefficients - fit.residuals).cwiseAbs().maxCoeff() <=
              1e-13 * (1 + fit.coefficients.cwiseAbs().maxCoeff()));
  }));
}

TEST_CASE("least squares: fewer rows than columns leave columns out", "[math]") {
  const Mat X = random_matrix(2, 4, 9);
  const Vec y = random_matrix(2, 1, 10);
  const LeastSquaresFit fit = math::least_squares(X, y);
  CHECK(fit.dependent == std::vector<Index>{2, 3});
  CHECK(fit.degrees_of_freedom == 0);
  CHECK(std::isnan(fit.residual_deviation));
  CHECK(test::largest_difference(X * fit.coefficients, y) <= 1e-14);
}

TEST_CASE("least squares: a constant y and columns of zeros", "[math]") {
  Mat X = Mat::Zero(4, 2);
  X.col(0).setOnes();
  const LeastSquaresFit fit = math::least_squares(X, Vec::Zero(4));
  CHECK(fit.dependent == std::vector<Index>{1});
  CHECK(fit.coefficients == Vec::Zero(2));
  CHECK(fit.residual_sum_of_squares == 0.0);
}

TEST_CASE("least squares: broken preconditions are named", "[math]") {
  const Mat X = random_matrix(5, 2, 1);
  const Vec y = random_matrix(5, 1, 2);
  CHECK_THROWS_WITH(math::least_squares(X, Vec(y.head(4))), ContainsSubstring("5 rows"));
  CHECK_THROWS_AS(math::least_squares(X.leftCols(0), y), DimensionError);
  CHECK_THROWS_AS(math::least_squares(Mat(0, 2), Vec(0)), DimensionError);
  CHECK_THROWS_AS(math::polynomial_least_squares(Vec(0), Vec(0), 1), DimensionError);
  CHECK_THROWS_AS(math::polynomial_least_squares(y, y, -1), DomainError);
  CHECK_THROWS_AS(math::least_squares(X, Vec::Constant(5, NAN)), DomainError);
  CHECK_THROWS_AS(math::least_squares(X, y, {.tolerance = 1.0}), DomainError);
  CHECK_THROWS_AS(math::least_squares(X, y, {.weights = std::vector<double>{1, 2}}),
                  DimensionError);
  CHECK_THROWS_AS(math::least_squares(X, y, {.weights = std::vector<double>{1, 2, -1, 1, 1}}),
                  DomainError);
  CHECK_THROWS_WITH(math::least_squares(X, std::vector<DesignTerm>{{0, 2}}, y),
                    ContainsSubstring("names column 2"));
  const std::atomic<bool> raised = true;
  CHECK_THROWS_AS(math::least_squares(X, y, {.stop = StopToken(raised)}), Stopped);
}
