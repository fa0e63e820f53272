#include "mathtool/math/thin_svd.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::largest_difference;
using test::random_matrix;

TEST_CASE("svd: factors multiply back to the matrix and are orthonormal", "[math]") {
  const Index shapes[][2] = {{1, 1},    {5, 1},    {1, 5},    {10, 10},
                             {200, 20}, {20, 200}, {300, 90}, {90, 300}};
  for (const auto& [n, p] : shapes) {
    INFO(n << " x " << p);
    const Mat X = random_matrix(n, p, 21);
    const math::ThinSvd svd = math::thin_svd(X);
    const Index k = std::min(n, p);
    REQUIRE(svd.singular.size() == k);
    CHECK(largest_difference(svd.U * svd.singular.asDiagonal() * svd.V.transpose(), X) <= 1e-13);
    CHECK(largest_difference(svd.U.transpose() * svd.U, Mat::Identity(k, k)) <= 1e-13);
    CHECK(largest_difference(svd.V.transpose() * svd.V, Mat::Identity(k, k)) <= 1e-13);
    for (Index i = 1; i < k; ++i) CHECK(svd.singular[i - 1] >= svd.singular[i]);
  }
}

TEST_CASE("svd: a matrix solved by hand", "[math]") {
  Mat X(2, 2);
  X << 3, 0, 4, 5;  // XᵀX has trace 50 and determinant 225: eigenvalues 45 and 5
  const Vec singular = math::thin_svd(X).singular;
  CHECK_NEAR(singular[0], std::sqrt(45.0), test::ulps(8, singular[0]));
  CHECK_NEAR(singular[1], std::sqrt(5.0), test::ulps(8, singular[1]));
}

TEST_CASE("svd: a small singular value keeps its digits beside a large one", "[math]") {
  Mat X = Mat::Zero(4, 2);
  X.col(0) << 1, 1, 1, 1;
  X.col(1) << 1e-12, -1e-12, 1e-12, -1e-12;  // orthogonal to the first column
  const Vec singular = math::thin_svd(X).singular;
  CHECK_NEAR(singular[0], 2.0, test::ulps(4, 2.0));
  CHECK_NEAR(singular[1], 2e-12, test::relative(1e-14, 2e-12));
}

TEST_CASE("svd: entries whose squares overflow or vanish", "[math]") {
  Mat X(2, 2);
  X << 3, 0, 4, 5;  // singular values √45 and √5
  for (const double unit : {1e250, 1e-250}) {
    const Vec singular = math::thin_svd(unit * X).singular;
    CHECK_NEAR(singular[0], unit * std::sqrt(45.0), test::relative(1e-14, singular[0]));
    CHECK_NEAR(singular[1], unit * std::sqrt(5.0), test::relative(1e-14, singular[1]));
  }
  CHECK(math::thin_svd(Mat::Zero(3, 2)).singular == Vec::Zero(2));
}

TEST_CASE("svd: without left vectors the rest is the same", "[math]") {
  for (const auto& [n, p] : {std::pair<Index, Index>{30, 7}, {7, 30}}) {
    const Mat X = random_matrix(n, p, 22);
    const math::ThinSvd all = math::thin_svd(X), part = math::thin_svd(X, {.left = false});
    CHECK(part.U.size() == 0);
    CHECK(part.singular == all.singular);
    CHECK(part.V == all.V);
  }
}

TEST_CASE("svd: zero columns have singular value zero", "[math]") {
  Mat X = Mat::Zero(5, 3);
  X.col(1).setOnes();
  const math::ThinSvd svd = math::thin_svd(X);
  CHECK_NEAR(svd.singular[0], std::sqrt(5.0), test::ulps(4, svd.singular[0]));
  CHECK(svd.singular[1] == 0.0);
  CHECK(svd.singular[2] == 0.0);
  CHECK(largest_difference(svd.V.transpose() * svd.V, Mat::Identity(3, 3)) <= 1e-15);
}

TEST_CASE("svd and basis: broken preconditions are named", "[math]") {
  CHECK_THROWS_AS(math::thin_svd(Mat(0, 2)), DimensionError);
  CHECK_THROWS_AS(math::thin_svd(Mat::Constant(2, 2, INFINITY)), DomainError);
  CHECK_THROWS_AS(math::orthonormal_basis(Mat(2, 3)), DimensionError);
}

TEST_CASE("orthonormal basis: it spans the columns and survives dependent ones", "[math]") {
  Mat A = random_matrix(30, 4, 9);
  Mat Q = math::orthonormal_basis(A);
  CHECK(largest_difference(Q.transpose() * Q, Mat::Identity(4, 4)) <= 1e-14);
  CHECK(largest_difference(Q * (Q.transpose() * A), A) <= 1e-14);
  A.col(3) = A.col(0) + A.col(1);
  Q = math::orthonormal_basis(A);
  CHECK(largest_difference(Q.transpose() * Q, Mat::Identity(4, 4)) <= 1e-14);
}
