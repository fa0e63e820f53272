#include <rapidcheck.h>

#include <cmath>
#include <limits>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/general_eigen.hpp"
#include "mathtool/math/linear_algebra/matrix_exponential.hpp"
#include "mathtool/math/linear_algebra/matrix_power.hpp"
#include "mathtool/math/linear_algebra/solve.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"
#include "support/vectors.hpp"

using namespace mathtool;
using test::largest_difference;
using test::matrix;
using test::random_matrix;

namespace {

/// b − A x with 32 digits on the way.
Vec residual(const Mat& A, const Vec& x, const Vec& b) {
  Vec result(A.rows());
  for (Index i = 0; i < A.rows(); ++i) {
    math::DoubleDouble sum{b[i]};
    for (Index j = 0; j < A.cols(); ++j) sum = sum - math::two_product(A(i, j), x[j]);
    result[i] = sum.high;
  }
  return result;
}

/// A matrix of whole numbers with determinant 1, whose condition grows fast with n: Pascal's.
Mat pascal(Index n) {
  Mat P = Mat::Ones(n, n);
  for (Index i = 1; i < n; ++i)
    for (Index j = 1; j < n; ++j) P(i, j) = P(i - 1, j) + P(i, j - 1);
  return P;
}

}  // namespace

TEST_CASE("solve: by hand, several right-hand sides at once", "[math]") {
  const math::LinearSolution solution =
      math::solve(matrix(2, 2, {2, 1, 1, 3}), matrix(2, 2, {3, 1, 5, 0}));
  CHECK(solution.status == Status::converged);
  CHECK(solution.reason.empty());
  CHECK(largest_difference(solution.X, matrix(2, 2, {0.8, 0.6, 1.4, -0.2})) <= 3e-16);
}

TEST_CASE("solve: refinement makes ill-conditioned systems right to the last digits", "[math]") {
  for (const Index n : {5, 8, 11}) {
    const Mat P = pascal(n);
    const Vec x = Vec::LinSpaced(n, 1, static_cast<double>(n));
    const Mat b = P * x;  // whole numbers: exact
    const math::LinearSolution solution = math::solve(P, b);
    INFO("n " << n << ", condition " << solution.condition << ": " << solution.reason);
    CHECK(solution.status == Status::converged);
    CHECK(largest_difference(solution.X, x) <= test::ulps(1, static_cast<double>(n)));
    CHECK(solution.error <= 1e-15);
    CHECK(solution.refinements <= 3);
  }
}

TEST_CASE("solve: what is said to have converged is right to its error", "[math]") {
  CHECK(rc::check([] {
    // Singular values from 1 down to 10^-decades.
    const Index n = *rc::gen::inRange<Index>(1, 12);
    const int decades = *rc::gen::inRange(0, 18);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const Mat U = math::orthonormal_basis(random_matrix(n, n, seed));
    const Mat V = math::orthonormal_basis(random_matrix(n, n, seed + 1));
    const Vec singular = Eigen::pow(10, -Vec::LinSpaced(n, 0, decades).array());
    const Mat A = U * singular.asDiagonal() * V.transpose();
    const Vec b = random_matrix(n, 1, seed + 2);
    const math::LinearSolution solution = math::solve(A, b);
    if (solution.status == Status::converged) {
      // One more correction, from a residual of 32 digits, measures the error.
      const Mat correction = math::solve(A, residual(A, solution.X, b)).X;
      const double size = solution.X.cwiseAbs().maxCoeff();
      RC_ASSERT(correction.cwiseAbs().maxCoeff() <= 4 * solution.error * size);
    } else {
      RC_ASSERT(decades >= 13);
      RC_ASSERT(!solution.reason.empty());
    }
  }));
}

TEST_CASE("solve: singular systems are recognised, with and without solutions", "[math]") {
  const Mat nine = matrix(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  const math::LinearSolution many = math::solve(nine, matrix(3, 1, {6, 15, 24}));
  CHECK(many.status == Status::suspicious);
  CHECK(largest_difference(many.X, Mat::Ones(3, 1)) <= 1e-14);  // the shortest
  CHECK_THAT(many.reason, ContainsSubstring("many solutions"));
  CHECK_THAT(many.reason, ContainsSubstring("rank 2 of 3"));
  const math::LinearSolution none = math::solve(matrix(2, 2, {1, 1, 1, 1}), matrix(2, 1, {0, 2}));
  CHECK(none.status == Status::suspicious);
  CHECK(largest_difference(none.X, matrix(2, 1, {0.5, 0.5})) <= 1e-15);
  CHECK_THAT(none.reason, ContainsSubstring("misses by 1"));
  CHECK(math::solve(Mat::Zero(2, 2), Mat::Ones(2, 1)).X == Mat::Zero(2, 1));
}

TEST_CASE("solve: rows and columns of any size", "[math]") {
  // With x = 1e-300 a and y = 1e300 b: 2a + b = 3, a + 3b = 4.
  for (const Mat& A : {matrix(2, 2, {2e300, 1e-300, 1e300, 3e-300}),
                       matrix(2, 2, {2e-300, 1e-300, 1e300, 3e300})}) {
    const bool columns_differ = A(0, 0) > 1;
    const Mat b = columns_differ ? matrix(2, 1, {3, 4}) : matrix(2, 1, {3e-300, 4e300});
    const math::LinearSolution solution = math::solve(A, b);
    CHECK(solution.status == Status::converged);
    CHECK_NEAR(solution.X(0, 0) / (columns_differ ? 1e-300 : 1), 1.0, 1e-15);
    CHECK_NEAR(solution.X(1, 0) / (columns_differ ? 1e300 : 1), 1.0, 1e-15);
  }
  CHECK(math::solve(1e-300 * Mat::Identity(2, 2), 1e300 * Mat::Ones(2, 1)).status ==
        Status::not_finite);
  CHECK(math::solve(Mat::Identity(2, 2), Mat::Zero(2, 1)).X == Mat::Zero(2, 1));
  CHECK(math::solve(Mat(0, 0), Mat(0, 3)).X.cols() == 3);
  CHECK_THROWS_AS(math::solve(Mat(2, 3), Mat(2, 1)), DimensionError);
  CHECK_THROWS_AS(math::solve(Mat::Identity(2, 2), Mat::Ones(3, 1)), DimensionError);
  CHECK_THROWS_AS(math::solve(Mat::Constant(2, 2, NAN), Mat::Ones(2, 1)), DomainError);
}

TEST_CASE("inverse: of a matrix with determinant 1 it is whole, and of a singular one NaN",
          "[math]") {
  const math::LinearSolution whole = math::inverse(pascal(6));
  CHECK(whole.status == Status::converged);
  CHECK(largest_difference(whole.X, whole.X.array().round()) <= 1e-12);
  CHECK(largest_difference(whole.X * pascal(6), Mat::Identity(6, 6)) <= 1e-9);
  const math::LinearSolution none = math::inverse(matrix(2, 2, {1, 2, 2, 4}));
  CHECK(none.status == Status::divergent);
  CHECK(none.X.array().isNaN().all());
  CHECK_THAT(none.reason, ContainsSubstring("singular"));
  CHECK_THROWS_AS(math::inverse(Mat(2, 3)), DimensionError);
}

TEST_CASE("general eigen: by hand, real and complex", "[math]") {
  const math::GeneralEigen real = math::general_eigen(matrix(2, 2, {1, 2, 3, 2}));
  CHECK(real.status == Status::converged);
  CHECK(std::abs(real.values[0] - 4.0) <= real.errors[0]);
  CHECK(std::abs(real.values[1] + 1.0) <= real.errors[1]);
  CHECK(real.errors.maxCoeff() <= 1e-14);
  const math::GeneralEigen turn = math::general_eigen(matrix(2, 2, {0, -1, 1, 0}));
  CHECK(std::abs(turn.values[0] - std::complex<double>(0, 1)) <= 1e-15);
  CHECK(std::abs(turn.values[1] - std::complex<double>(0, -1)) <= 1e-15);
  // The roots of (x − 1)(x − 2)(x − 3), from the companion matrix.
  const math::GeneralEigen roots = math::general_eigen(matrix(3, 3, {6, -11, 6, 1, 0, 0, 0, 1, 0}));
  for (Index k = 0; k < 3; ++k)
    CHECK(std::abs(roots.values[k] - static_cast<double>(3 - k)) <= roots.errors[k]);
  math::ComplexMat C(2, 2);
  C << std::complex<double>(0, 1), 1, 0, 2;  // triangular: eigenvalues 2 and i
  const math::GeneralEigen complex = math::general_eigen(C);
  CHECK(std::abs(complex.values[0] - 2.0) <= 1e-15);
  CHECK(std::abs(complex.values[1] - std::complex<double>(0, 1)) <= 1e-15);
}

TEST_CASE("general eigen: vectors satisfy their equation and have length 1", "[math]") {
  for (const Index n : {1, 2, 7, 40})
    for (const double unit : {1.0, 1e300, 1e-300}) {
      INFO(n << " in units of " << unit);
      const math::GeneralEigen eigen = math::general_eigen(unit * random_matrix(n, n, 20));
      CHECK(eigen.status == Status::converged);
      CHECK(eigen.residual <= 1e-14);
      CHECK(largest_difference(eigen.vectors.colwise().norm(), Mat::Ones(1, n)) <= 1e-14);
      for (Index k = 1; k < n; ++k)
        CHECK(std::abs(eigen.values[k]) <= std::abs(eigen.values[k - 1]) * (1 + 1e-15));
    }
  CHECK(math::general_eigen(Mat::Zero(3, 3)).values.isZero(0));
}

TEST_CASE("general eigen: a defective matrix is suspicious, a badly scaled one is not", "[math]") {
  const math::GeneralEigen jordan = math::general_eigen(matrix(3, 3, {2, 1, 0, 0, 2, 1, 0, 0, 2}));
  CHECK(jordan.status == Status::suspicious);
  for (Index k = 0; k < 3; ++k) CHECK(std::abs(jordan.values[k] - 2.0) <= jordan.errors[k]);
  // D⁻¹ A D with A = [1 2; 3 2] and D = diag(1, 10¹²): balancing finds its way back.
  const math::GeneralEigen scaled = math::general_eigen(matrix(2, 2, {1, 2e12, 3e-12, 2}));
  CHECK(scaled.status == Status::converged);
  CHECK(std::abs(scaled.values[0] - 4.0) <= 1e-14);
  CHECK(std::abs(scaled.values[1] + 1.0) <= 1e-14);
  CHECK_THROWS_AS(math::general_eigen(Mat(2, 3)), DimensionError);
  CHECK_THROWS_AS(math::general_eigen(Mat(Mat::Constant(2, 2, NAN))), DomainError);
}

TEST_CASE("matrix exponential: matrices whose exponential is known", "[math]") {
  const math::MatrixFunction shear = math::matrix_exponential(matrix(2, 2, {0, 1, 0, 0}));
  CHECK(largest_difference(shear.value, matrix(2, 2, {1, 1, 0, 1})) <= shear.error);
  CHECK(shear.error <= 1e-15);
  for (const double t : {1e-3, 0.1, 1.0, 10.0, 100.0}) {
    INFO("angle " << t);
    const math::MatrixFunction turn = math::matrix_exponential(matrix(2, 2, {0, -t, t, 0}));
    const double c = std::cos(t), s = std::sin(t);
    CHECK(largest_difference(turn.value, matrix(2, 2, {c, -s, s, c})) <= 4e-16 * (1 + t));
  }
  // Ward, Numerical computation of the matrix exponential (1977): eigenvalues −1 and −17.
  const math::MatrixFunction ward = math::matrix_exponential(matrix(2, 2, {-49, 24, -64, 31}));
  const double a = std::exp(-1.0), b = std::exp(-17.0);
  const Mat expected = matrix(2, 2, {3 * b - 2 * a, 1.5 * (a - b), 4 * (b - a), 3 * a - 2 * b});
  CHECK(largest_difference(ward.value, expected) <= ward.error + 1e-15);
  CHECK(ward.error <= 1e-12);
  // eˣ on the diagonal, 10⁶ (e − 1/e)/2 above it: no squaring is due to the large entry.
  const math::MatrixFunction tall = math::matrix_exponential(matrix(2, 2, {1, 1e6, 0, -1}));
  CHECK_NEAR(tall.value(0, 1), 1e6 * std::sinh(1.0), test::relative(1e-14, 1e6));
  CHECK_NEAR(tall.value(0, 0), std::exp(1.0), 1e-14);
}

TEST_CASE("matrix exponential: exp(A) exp(−A) = I and commuting factors multiply", "[math]") {
  for (const Index n : {1, 2, 5, 30})
    for (const double size : {0.01, 0.3, 2.0, 5.0}) {
      INFO(n << " times " << size);
      const Mat A = size / static_cast<double>(n) * random_matrix(n, n, 21);
      const math::MatrixFunction there = math::matrix_exponential(A);
      CHECK(there.status == Status::converged);
      CHECK(largest_difference(there.value * math::matrix_exponential(-A).value,
                               Mat::Identity(n, n)) <= 1e-12);
      CHECK(largest_difference(there.value * there.value, math::matrix_exponential(2 * A).value) <=
            1e-13 * there.value.squaredNorm());
    }
}

TEST_CASE("matrix exponential: overflow, underflow and emptiness", "[math]") {
  CHECK(math::matrix_exponential(matrix(2, 2, {800, 1, 1, 800})).status == Status::not_finite);
  const math::MatrixFunction nothing =
      math::matrix_exponential(matrix(2, 2, {-1e300, 1, 1, -1e300}));
  CHECK(nothing.value.isZero(0));
  CHECK(math::matrix_exponential(Mat::Zero(3, 3)).value == Mat::Identity(3, 3));
  CHECK(math::matrix_exponential(Mat(0, 0)).value.size() == 0);
  CHECK_THROWS_AS(math::matrix_exponential(Mat(2, 3)), DimensionError);
  CHECK_THROWS_AS(math::matrix_exponential(Mat::Constant(2, 2, INFINITY)), DomainError);
}

TEST_CASE("matrix power: whole numbers stay exact, negative powers invert", "[math]") {
  const Mat fibonacci = matrix(2, 2, {1, 1, 1, 0});
  const math::MatrixFunction seventy = math::matrix_power(fibonacci, 70);
  CHECK(seventy.value(0, 1) == 190392490709135.0);  // F₇₀
  CHECK(seventy.error == 0.0);
  CHECK(math::matrix_power(fibonacci, 0).value == Mat::Identity(2, 2));
  CHECK(math::matrix_power(fibonacci, -1).value == matrix(2, 2, {0, 1, 1, -1}));
  const Mat A = random_matrix(5, 5, 22);
  const math::MatrixFunction there = math::matrix_power(A, 7), back = math::matrix_power(A, -7);
  CHECK(largest_difference(there.value, A * A * A * A * A * A * A) <= there.error);
  CHECK(largest_difference(there.value * back.value, Mat::Identity(5, 5)) <=
        back.error * there.value.norm());
  CHECK(math::matrix_power(matrix(2, 2, {1, 2, 2, 4}), -2).status == Status::divergent);
  CHECK(math::matrix_power(10 * A, 100'000).status == Status::not_finite);
  CHECK(math::matrix_power(Mat::Identity(2, 2), std::numeric_limits<long long>::min()).value ==
        Mat::Identity(2, 2));
}
