#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/cholesky.hpp"
#include "mathtool/math/linear_algebra/condition.hpp"
#include "mathtool/math/linear_algebra/determinant.hpp"
#include "mathtool/math/linear_algebra/kronecker.hpp"
#include "mathtool/math/linear_algebra/lu.hpp"
#include "mathtool/math/linear_algebra/matrix_structure.hpp"
#include "mathtool/math/linear_algebra/norm.hpp"
#include "mathtool/math/linear_algebra/qr.hpp"
#include "mathtool/math/linear_algebra/rank.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"
#include "support/vectors.hpp"

using namespace mathtool;
using math::Norm;
using test::largest_difference;
using test::matrix;
using test::random_matrix;

namespace {

Mat hilbert(Index n) {
  return Mat::NullaryExpr(n, n,
                          [](Index i, Index j) { return 1 / static_cast<double>(i + j + 1); });
}

/// Rows of A in the order that a factorisation chose.
Mat permuted_rows(const Mat& A, const std::vector<Index>& order) {
  Mat result(A.rows(), A.cols());
  for (Index i = 0; i < A.rows(); ++i) result.row(i) = A.row(order[static_cast<std::size_t>(i)]);
  return result;
}

constexpr Norm all_norms[] = {Norm::one,       Norm::spectral, Norm::infinity,
                              Norm::frobenius, Norm::nuclear,  Norm::max};

}  // namespace

TEST_CASE("norm: a matrix solved by hand in every norm", "[math]") {
  const Mat A = matrix(2, 2, {3, 0, 4, -5});  // singular values √45 and √5
  CHECK(math::norm(A, Norm::one) == 7.0);
  CHECK(math::norm(A, Norm::infinity) == 9.0);
  CHECK(math::norm(A, Norm::max) == 5.0);
  CHECK_NEAR(math::norm(A, Norm::frobenius), std::sqrt(50.0), test::ulps(2, 7));
  CHECK_NEAR(math::norm(A, Norm::spectral), std::sqrt(45.0), test::ulps(4, 7));
  CHECK_NEAR(math::norm(A, Norm::nuclear), std::sqrt(45.0) + std::sqrt(5.0), test::ulps(4, 9));
}

TEST_CASE("norm: of a column it is that of the vector", "[math]") {
  const Vec x = Eigen::Vector3d(2, -3, 6);
  CHECK(math::norm(x, Norm::one) == 11.0);
  CHECK(math::norm(x, Norm::infinity) == 6.0);
  for (const Norm kind : {Norm::spectral, Norm::frobenius, Norm::nuclear})
    CHECK_NEAR(math::norm(x, kind), 7.0, test::ulps(1, 7));
}

TEST_CASE("norm: huge, tiny, empty, NaN and infinite entries", "[math]") {
  const Mat A = matrix(2, 2, {3, 0, 4, -5});
  for (const Norm kind : all_norms) {
    for (const double unit : {1e300, 1e-300})
      CHECK_NEAR(math::norm(unit * A, kind) / unit, math::norm(A, kind), 1e-14);
    CHECK(math::norm(Mat(0, 3), kind) == 0.0);
    CHECK(math::norm(Mat::Zero(2, 3), kind) == 0.0);
    CHECK(math::norm(matrix(1, 2, {-infinity, 1}), kind) == infinity);
    CHECK(std::isnan(math::norm(matrix(2, 1, {infinity, NAN}), kind)));
  }
}

TEST_CASE("condition: by hand, of singular and of nearly singular matrices", "[math]") {
  const math::Estimate three = math::condition_number(matrix(2, 2, {3, 0, 4, -5}));  // √45 / √5
  CHECK(three.status == Status::converged);
  CHECK_NEAR(three.value, 3.0, three.error);
  CHECK(three.error <= 1e-14);
  CHECK(math::condition_number(Mat::Zero(2, 2)).value == infinity);
  CHECK(math::condition_number(hilbert(14)).status == Status::suspicious);
  CHECK(math::condition_number(random_matrix(9, 4, 1)).status == Status::converged);
  CHECK_THROWS_AS(math::condition_number(Mat(0, 2)), DimensionError);
}

TEST_CASE("rank: rounding does not count, small numbers do", "[math]") {
  const Mat nine = matrix(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  const math::MatrixRank two = math::matrix_rank(nine);
  CHECK(two.rank == 2);
  CHECK(two.status == Status::converged);
  CHECK(math::matrix_rank(1e300 * nine).rank == 2);
  CHECK(math::matrix_rank(Mat::Zero(3, 2)).rank == 0);
  CHECK(math::matrix_rank(Mat(0, 4)).rank == 0);
  const Mat graded = matrix(2, 2, {1, 0, 0, 1e-10});
  CHECK(math::matrix_rank(graded).rank == 2);
  CHECK(math::matrix_rank(graded, {.tolerance = 1e-9}).rank == 1);
  CHECK(math::matrix_rank(graded, {.tolerance = 1e-9}).threshold == 1e-9);
  CHECK(math::matrix_rank(matrix(2, 2, {1, 0, 0, 1e-14})).status == Status::suspicious);
  CHECK_THROWS_AS(math::matrix_rank(graded, {.tolerance = -1.0}), DomainError);
  CHECK_THROWS_AS(math::matrix_rank(Mat::Constant(2, 2, NAN)), DomainError);
}

TEST_CASE("null space: orthonormal, annihilated, of every shape", "[math]") {
  for (const auto& [n, p] : {std::pair<Index, Index>{3, 7}, {7, 4}, {5, 5}, {1, 3}}) {
    INFO(n << " x " << p);
    Mat A = random_matrix(n, p, 5);
    if (n >= p) A.col(0) = A.col(1) + A.col(2);
    const Mat N = math::null_space(A);
    REQUIRE(N.rows() == p);
    CHECK(N.cols() == p - math::matrix_rank(A).rank);
    CHECK(N.cols() >= 1);
    CHECK((A * N).cwiseAbs().maxCoeff() <= 1e-14);
    CHECK(largest_difference(N.transpose() * N, Mat::Identity(N.cols(), N.cols())) <= 1e-14);
  }
  CHECK(math::null_space(Mat::Identity(3, 3)).cols() == 0);
  CHECK(math::null_space(Mat(0, 2)) == Mat::Identity(2, 2));
}

TEST_CASE("pseudo-inverse: the four laws of Penrose", "[math]") {
  for (const auto& [n, p] : {std::pair<Index, Index>{6, 4}, {4, 6}, {5, 5}, {70, 66}}) {
    INFO(n << " x " << p);
    Mat A = random_matrix(n, p, 6);
    A.col(p - 1) = A.col(0) - A.col(1);
    const Mat P = math::pseudo_inverse(A).value;
    const double slack = 1e-12;
    CHECK(largest_difference(A * P * A, A) <= slack);
    CHECK(largest_difference(P * A * P, P) <= slack * P.norm());
    CHECK(largest_difference(A * P, (A * P).transpose()) <= slack);
    CHECK(largest_difference(P * A, (P * A).transpose()) <= slack);
  }
  const Mat column = matrix(2, 1, {3, 4});
  CHECK(largest_difference(math::pseudo_inverse(column).value, matrix(1, 2, {0.12, 0.16})) <=
        1e-16);
  CHECK(math::pseudo_inverse(Mat::Zero(2, 3)).value == Mat::Zero(3, 2));
}

TEST_CASE("lu: the factors multiply back to the permuted matrix", "[math]") {
  const math::Lu by_hand = math::lu(matrix(2, 2, {1, 2, 3, 4}));
  CHECK(by_hand.order == std::vector<Index>{1, 0});
  CHECK_FALSE(by_hand.even);
  CHECK(by_hand.U(0, 1) == 4.0);
  for (const auto& [n, p] : {std::pair<Index, Index>{5, 5}, {7, 3}, {3, 7}, {1, 1}, {60, 60}}) {
    INFO(n << " x " << p);
    const Mat A = random_matrix(n, p, 8);
    const math::Lu lu = math::lu(A);
    CHECK(largest_difference(lu.L * lu.U, permuted_rows(A, lu.order)) <= 1e-14);
    CHECK(lu.L.cwiseAbs().maxCoeff() == 1.0);
    CHECK(Mat(lu.U.triangularView<Eigen::StrictlyLower>()).isZero(0));
  }
  const math::Lu zero = math::lu(Mat::Zero(2, 2));
  CHECK(zero.L == Mat::Identity(2, 2));
  CHECK(zero.U == Mat::Zero(2, 2));
  CHECK_THROWS_AS(math::lu(Mat(0, 0)), DimensionError);
}

TEST_CASE("qr: orthonormal times triangular, with a diagonal that is not negative", "[math]") {
  for (const auto& [n, p] : {std::pair<Index, Index>{5, 5}, {9, 4}, {4, 9}, {1, 1}}) {
    for (const double unit : {1.0, 1e300, 1e-300}) {
      INFO(n << " x " << p << " in units of " << unit);
      const Mat A = random_matrix(n, p, 9);
      const math::Qr qr = math::qr(unit * A);
      const Index k = std::min(n, p);
      CHECK(largest_difference(qr.Q * (qr.R / unit), A) <= 1e-14);
      CHECK(largest_difference(qr.Q.transpose() * qr.Q, Mat::Identity(k, k)) <= 1e-14);
      CHECK(qr.R.diagonal().minCoeff() >= 0);
      const math::PivotedQr pivoted = math::pivoted_qr(unit * A);
      const Mat back = (pivoted.Q * (pivoted.R / unit)).transpose();
      CHECK(largest_difference(back, permuted_rows(A.transpose(), pivoted.order)) <= 1e-14);
      CHECK(pivoted.rank == k);
    }
  }
}

TEST_CASE("pivoted qr: dependent columns are named", "[math]") {
  Mat A = random_matrix(20, 5, 10);
  A.col(4) = 0.5 * (A.col(1) + A.col(2));  // shorter than both, so it is the one left over
  const math::PivotedQr qr = math::pivoted_qr(A);
  CHECK(qr.rank == 4);
  CHECK(qr.dependent.size() == 1);
  Mat rest(20, 4);
  Index to = 0;
  for (Index j = 0; j < 5; ++j)
    if (j != qr.dependent[0]) rest.col(to++) = A.col(j);
  CHECK(math::matrix_rank(rest).rank == 4);
  CHECK(math::pivoted_qr(Mat::Zero(3, 2)).dependent == std::vector<Index>{0, 1});
}

TEST_CASE("cholesky: by hand, and what has no such factor", "[math]") {
  const math::Cholesky by_hand =
      math::cholesky(matrix(2, 2, {4, 99, 2, 10}));  // upper one not read
  CHECK(by_hand.status == Status::converged);
  CHECK(by_hand.L == matrix(2, 2, {2, 0, 1, 3}));
  const Mat X = random_matrix(30, 12, 11);
  const Mat C = X.transpose() * X;
  CHECK(largest_difference(math::cholesky(C).L * math::cholesky(C).L.transpose(), C) <= 1e-13);
  const math::Cholesky none = math::cholesky(matrix(2, 2, {1, 2, 2, 1}));
  CHECK(none.status == Status::divergent);
  CHECK(none.L.size() == 0);
  CHECK_THAT(none.reason, ContainsSubstring("2 x 2"));
  CHECK(math::cholesky(matrix(2, 2, {1, 1, 1, 1 + 0x1p-52})).status == Status::suspicious);
  CHECK(math::cholesky(Mat(0, 0)).status == Status::converged);
  CHECK_THROWS_AS(math::cholesky(Mat(2, 3)), DimensionError);
}

TEST_CASE("determinant: of whole numbers it is exact", "[math]") {
  const math::Estimate two = math::determinant(matrix(2, 2, {1, 2, 3, 4}));
  CHECK(two.value == -2.0);
  CHECK(two.error == 0.0);
  CHECK(two.status == Status::converged);
  const math::Estimate singular = math::determinant(matrix(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
  CHECK(singular.value == 0.0);
  CHECK(singular.error == 0.0);
  // 10⁸ (10⁸ + 1) − (10⁸)² loses every digit in double precision.
  CHECK(math::determinant(matrix(2, 2, {1e8, 1e8, 1e8, 1e8 + 1})).value == 1e8);
  // det(I + 1 1ᵀ) = 1 + n; a lower unit triangle times an upper one has determinant 1.
  CHECK(math::determinant(Mat::Identity(12, 12) + Mat::Ones(12, 12)).value == 13.0);
  Mat L = (100 * random_matrix(10, 10, 12)).array().round();
  Mat U = (100 * random_matrix(10, 10, 13)).array().round();
  L.triangularView<Eigen::StrictlyUpper>().setZero();
  U.triangularView<Eigen::StrictlyLower>().setZero();
  L.diagonal().setOnes();
  U.diagonal().setOnes();
  const math::Estimate one = math::determinant(L * U);
  CHECK(one.value == 1.0);
  CHECK(one.error == 0.0);
  CHECK(math::determinant(Mat(0, 0)).value == 1.0);
  // (2⁵³ − 1)² needs 106 bits; the double beside it is 2¹⁰⁶ − 2⁵⁴, one less.
  const math::Estimate large = math::determinant((0x1p53 - 1) * Mat::Identity(2, 2));
  CHECK(large.value == 0x1p106 - 0x1p54);
  CHECK(large.error == 1.0);
}

TEST_CASE("determinant: nearly singular Hilbert matrices keep their digits", "[math]") {
  // det of the matrices of rounded 1/(i + j + 1), in exact rational arithmetic.
  for (const auto& [n, expected] : {std::pair<Index, double>{5, 3.749295132519516e-12},
                                    {8, 2.737050121755729e-33},
                                    {12, 2.687225581661903e-78}}) {
    const math::Estimate det = math::determinant(hilbert(n));
    CHECK_NEAR(det.value, expected, test::relative(1e-14, expected));
    CHECK(std::abs(det.value - expected) <= det.error + test::ulps(1, expected));
  }
  // Its entries rounded, the matrix of order 13 may be singular.
  CHECK(math::determinant(hilbert(13)).status == Status::suspicious);
  CHECK(math::determinant(hilbert(6)).status == Status::converged);
}

TEST_CASE("determinant: beyond the range of a double its logarithm is told", "[math]") {
  const math::Estimate large = math::determinant(1e200 * (Mat::Identity(2, 2) + Mat::Ones(2, 2)));
  CHECK(large.status == Status::not_finite);
  CHECK_THAT(large.reason, ContainsSubstring("1e400.5"));
  CHECK(math::determinant(1e-200 * Mat::Identity(2, 2)).status == Status::not_finite);
  CHECK_NEAR(math::determinant(matrix(2, 2, {1e300, 0, 0, 1e-300})).value, 1.0, 1e-15);
  CHECK_THROWS_AS(math::determinant(Mat(2, 3)), DimensionError);
  CHECK_THROWS_AS(math::determinant(Mat::Constant(2, 2, INFINITY)), DomainError);
}

TEST_CASE("kronecker: by hand, and the product of products", "[math]") {
  CHECK(math::kronecker(matrix(1, 2, {1, 2}), matrix(2, 1, {3, 4})) == matrix(2, 2, {3, 6, 4, 8}));
  const Mat A = random_matrix(2, 3, 14), B = random_matrix(4, 2, 15), C = random_matrix(3, 2, 16),
            D = random_matrix(2, 3, 17);
  CHECK(largest_difference(math::kronecker(A, B) * math::kronecker(C, D),
                           math::kronecker(A * C, B * D)) <= 1e-14);
  CHECK(math::kronecker(Mat(0, 2), B).rows() == 0);
}

TEST_CASE("structure: what kind of matrix", "[math]") {
  const math::MatrixStructure identity = math::matrix_structure(Mat::Identity(3, 3));
  CHECK((identity.identity && identity.diagonal && identity.symmetric && identity.orthogonal &&
         identity.positive_definite));
  const double c = std::cos(0.3), s = std::sin(0.3);
  const math::MatrixStructure rotation = math::matrix_structure(matrix(2, 2, {c, -s, s, c}));
  CHECK(rotation.orthogonal);
  CHECK(rotation.non_orthogonality <= 1e-15);
  CHECK_FALSE(rotation.symmetric);
  const math::MatrixStructure upper = math::matrix_structure(matrix(2, 3, {1, 2, 3, 0, 4, 5}));
  CHECK(upper.upper);
  CHECK_FALSE((upper.lower || upper.square || upper.diagonal));
  const math::MatrixStructure semidefinite = math::matrix_structure(matrix(2, 2, {1, 1, 1, 1}));
  CHECK(semidefinite.positive_semidefinite);
  CHECK_FALSE(semidefinite.positive_definite);
  CHECK_FALSE(math::matrix_structure(matrix(2, 2, {1, 2, 2, 1})).positive_semidefinite);
}

TEST_CASE("structure: the tolerance decides, and it is relative", "[math]") {
  const Mat nearly = matrix(2, 2, {1, 1e-10, 0, 1});
  for (const double unit : {1.0, 1e200, 1e-200}) {
    CHECK_FALSE(math::matrix_structure(unit * nearly).symmetric);
    CHECK(math::matrix_structure(unit * nearly, {.tolerance = 1e-9}).symmetric);
    CHECK(math::matrix_structure(unit * nearly, {.tolerance = 1e-9}).diagonal);
    CHECK(math::matrix_structure(unit * nearly).orthogonal == false);
  }
  CHECK(math::matrix_structure(nearly, {.tolerance = 1e-9}).identity);
  CHECK_THROWS_AS(math::matrix_structure(nearly, {.tolerance = -1}), DomainError);
}
