#include "mathtool/math/symmetric_eigen.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::largest_difference;
using test::random_matrix;

namespace {

/// A symmetric matrix with these eigenvalues.
Mat with_eigenvalues(const Vec& values, std::uint64_t seed) {
  const Mat Q = math::orthonormal_basis(random_matrix(values.size(), values.size(), seed));
  const Mat A = Q * values.asDiagonal() * Q.transpose();
  return 0.5 * (A + A.transpose());
}

void check_pairs(const Mat& A, const math::SymmetricEigen& pairs) {
  const double p = static_cast<double>(A.rows()), norm = A.norm();
  const Index k = pairs.values.size();
  INFO("p = " << A.rows() << ", k = " << k);
  CHECK(largest_difference(A * pairs.vectors, pairs.vectors * pairs.values.asDiagonal()) <=
        4 * p * 1.2e-16 * norm);
  CHECK(largest_difference(pairs.vectors.transpose() * pairs.vectors, Mat::Identity(k, k)) <=
        4 * p * 1.2e-16);
  for (Index i = 1; i < k; ++i) CHECK(pairs.values[i - 1] >= pairs.values[i]);
  CHECK(pairs.residual <= 4 * p * 1.2e-16 * norm);
}

}  // namespace

TEST_CASE("symmetric eigen: pairs satisfy A v = lambda v and are orthonormal, on both sides of 64",
          "[math]") {
  for (const Index p : {1, 2, 3, 10, 64, 65, 150, 400}) {
    const Mat B = random_matrix(p, p, 11);
    const Mat A = B + B.transpose();
    check_pairs(A, math::symmetric_eigen(A));
  }
}

TEST_CASE("symmetric eigen: a matrix solved by hand", "[math]") {
  Mat A(2, 2);
  A << 2, 1, 1, 2;
  const auto pairs = math::symmetric_eigen(A);
  CHECK_NEAR(pairs.values[0], 3.0, test::ulps(4, 3.0));
  CHECK_NEAR(pairs.values[1], 1.0, test::ulps(4, 1.0));
  CHECK_NEAR(std::abs(pairs.vectors(0, 0)), std::sqrt(0.5), test::ulps(4, 1.0));
}

TEST_CASE("symmetric eigen: only the lower triangle is read", "[math]") {
  Mat A(2, 2);
  A << 2, 99, 1, 2;
  CHECK_NEAR(math::symmetric_eigen(A).values[0], 3.0, test::ulps(4, 3.0));
}

TEST_CASE("symmetric eigen: small eigenvalues of a graded matrix keep their digits", "[math]") {
  // Hilbert's 3 x 3 with rows and columns scaled by 1, 1e-6, 1e-12; eigenvalues from 50-digit
  // arithmetic are, to first order in the scaling, the pivots 1, 1/12, 1/180 times the squared
  // scales.
  Mat A(3, 3);
  const double scale[] = {1, 1e-6, 1e-12};
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 3; ++j) A(i, j) = scale[i] * scale[j] / static_cast<double>(i + j + 1);
  const Vec values = math::symmetric_eigen(A).values;
  CHECK_NEAR(values[0], 1.0, 1e-11);
  CHECK_NEAR(values[1], 1e-12 / 12, test::relative(1e-11, 1e-12 / 12));
  CHECK_NEAR(values[2], 1e-24 / 180, test::relative(1e-11, 1e-24 / 180));
}

TEST_CASE("symmetric eigen: leading pairs equal the first of all pairs", "[math]") {
  const Index p = 400;
  Vec values(p);
  for (Index i = 0; i < p; ++i) values[i] = std::pow(0.9, static_cast<double>(i));
  const Mat A = with_eigenvalues(values, 2);
  const auto leading = math::symmetric_eigen(A, {.leading = 8});
  check_pairs(A, leading);
  REQUIRE(leading.values.size() == 8);
  for (Index i = 0; i < 8; ++i) CHECK_NEAR(leading.values[i], values[i], 1e-13);
}

TEST_CASE("symmetric eigen: no copy of a multiple leading eigenvalue is missed", "[math]") {
  Vec values = Vec::Constant(400, 0.5);
  values.head(5).setConstant(2.0);
  values[5] = 1.0;
  const auto leading = math::symmetric_eigen(with_eigenvalues(values, 3), {.leading = 6});
  for (Index i = 0; i < 5; ++i) CHECK_NEAR(leading.values[i], 2.0, 1e-12);
  CHECK_NEAR(leading.values[5], 1.0, 1e-12);
}

TEST_CASE("symmetric eigen: fewer nonzero eigenvalues than leading pairs are no trouble",
          "[math]") {
  const Index p = 400;
  CHECK(math::symmetric_eigen(Mat::Zero(p, p), {.leading = 3}).values == Vec::Zero(3));
  Mat one_entry = Mat::Zero(p, p);
  one_entry(7, 7) = 5;
  const Vec direction = random_matrix(p, 1, 4);
  for (const Mat& A : {one_entry, Mat(direction * direction.transpose())}) {
    const auto pairs = math::symmetric_eigen(A, {.leading = 4});
    CHECK_NEAR(pairs.values[0], A.trace(), test::relative(1e-13, A.trace()));
    CHECK(pairs.values.tail(3).cwiseAbs().maxCoeff() <= 1e-13 * A.trace());
    check_pairs(A, pairs);
  }
}

TEST_CASE("symmetric eigen: eigenvalues alone are those of the pairs", "[math]") {
  for (const Index p : {5, 64, 100}) {
    const Mat B = random_matrix(p, p, 17);
    const Mat A = B + B.transpose();
    const auto alone = math::symmetric_eigen(A, {.vectors = false});
    CHECK(alone.vectors.size() == 0);
    CHECK(largest_difference(alone.values, math::symmetric_eigen(A).values) <= 1e-13 * A.norm());
  }
}

TEST_CASE("symmetric eigen: zero, identity and huge matrices", "[math]") {
  CHECK(math::symmetric_eigen(Mat::Zero(5, 5)).values == Vec::Zero(5));
  CHECK(math::symmetric_eigen(Mat::Identity(70, 70)).values.isApproxToConstant(1.0, 1e-15));
  CHECK(math::symmetric_eigen(Mat::Identity(400, 400), {.leading = 3})
            .values.isApproxToConstant(1.0, 1e-14));
  for (const double unit : {1e300, 1e-300}) {
    const auto pairs = math::symmetric_eigen(Mat::Constant(4, 4, unit));
    CHECK_NEAR(pairs.values[0], 4 * unit, test::relative(1e-14, 4 * unit));
    CHECK(pairs.residual <= 1e-14 * unit);
  }
}

TEST_CASE("symmetric eigen: infinities on the diagonal are not finite", "[math]") {
  Mat A = Mat::Identity(3, 3);
  A(1, 1) = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(math::symmetric_eigen(A), DomainError);
}

TEST_CASE("symmetric eigen: broken preconditions are named", "[math]") {
  CHECK_THROWS_AS(math::symmetric_eigen(Mat(2, 3)), DimensionError);
  CHECK_THROWS_AS(math::symmetric_eigen(Mat(0, 0)), DimensionError);
  CHECK_THROWS_AS(math::symmetric_eigen(Mat::Constant(2, 2, std::nan(""))), DomainError);
  CHECK_THROWS_AS(math::symmetric_eigen(Mat::Identity(2, 2), {.leading = 3}), DomainError);
}
