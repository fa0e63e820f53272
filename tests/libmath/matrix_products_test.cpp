#include "mathtool/math/matrix_products.hpp"

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::largest_difference;
using test::random_matrix;

namespace {

/// Entry by entry, in the order of the definition.
Mat plain_product(const Mat& A, const Mat& B) {
  Mat C = Mat::Zero(A.rows(), B.cols());
  for (Index j = 0; j < B.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i)
      for (Index k = 0; k < A.cols(); ++k) C(i, j) += A(i, k) * B(k, j);
  return C;
}

}  // namespace

TEST_CASE("gram: the lower triangle is the matrix of inner products, for every width", "[math]") {
  for (const Index p : {1, 2, 3, 7, 8, 9, 20, 63, 64, 65, 130, 300}) {
    const Mat X = random_matrix(150, p, 7);
    Mat C = Mat::Constant(p, p, 0.5);
    math::add_gram(RowMat(X), C);
    Mat expected = plain_product(X.transpose(), X).array() + 0.5;
    expected.triangularView<Eigen::StrictlyUpper>().setConstant(0.5);
    INFO("p = " << p);
    // Sums of 150 products below 1: at most 150 roundings of a partial sum below 150.
    CHECK(largest_difference(C, expected) <= 150 * 150 * 1.2e-16);
  }
}

TEST_CASE("gram: threads do not change a bit", "[math]") {
  const RowMat X = random_matrix(40, 700, 3);
  Mat one = Mat::Zero(700, 700), two = one, many = one;
  math::add_gram(X, one, 1);
  math::add_gram(X, two, 2);
  math::add_gram(X, many, 7);
  CHECK((one.array() == two.array()).all());
  CHECK((one.array() == many.array()).all());
}

TEST_CASE("gram: rows of a wider table and no rows at all", "[math]") {
  const RowMat X = random_matrix(50, 10, 5);
  Mat part = Mat::Zero(4, 4), whole = Mat::Zero(10, 10);
  math::add_gram(X.middleCols(3, 4), part);
  math::add_gram(X, whole);
  CHECK(largest_difference(
            part.triangularView<Eigen::Lower>().toDenseMatrix(),
            whole.block(3, 3, 4, 4).triangularView<Eigen::Lower>().toDenseMatrix()) <= 1e-14);
  math::add_gram(RowMat(0, 4), part);
  CHECK_THROWS_AS(math::add_gram(X, part), DimensionError);
}

TEST_CASE("products: small and large ones agree with the definition", "[math]") {
  for (const Index k : {1, 5, 64, 65, 100}) {
    const Mat A = random_matrix(90, k, 1), B = random_matrix(k, 30, 2);
    INFO("inner size " << k);
    const Mat expected = plain_product(A, B);
    CHECK(largest_difference(math::multiply(A, B), expected) <= 1e-13);
    CHECK(largest_difference(math::multiply_transposed(A.transpose(), B), expected) <= 1e-13);
    CHECK(largest_difference(math::multiply_by_transposed(A, B.transpose()), expected) <= 1e-13);
  }
  CHECK(math::multiply(Mat(3, 0), Mat(0, 2)) == Mat::Zero(3, 2));
  CHECK_THROWS_AS(math::multiply(Mat(3, 2), Mat(3, 2)), DimensionError);
}

TEST_CASE("mirror: the upper triangle becomes the lower one", "[math]") {
  Mat C(2, 2);
  C << 1, 9, 2, 3;
  math::mirror_lower(C);
  CHECK(C(0, 1) == 2);
  CHECK(C(1, 0) == 2);
}

TEST_CASE("mirror: divided by several threads, and recognised", "[math]") {
  const Mat A = random_matrix(101, 101, 5);
  Mat once = A, twice = A;
  math::mirror_lower(once, 3.0, 1);
  math::mirror_lower(twice, 3.0, 2);
  CHECK(once == twice);
  CHECK(once(100, 1) == A(100, 1) / 3);
  CHECK(once(1, 100) == A(100, 1) / 3);
  CHECK(math::is_symmetric(once));
  CHECK_FALSE(math::is_symmetric(A));
  once(3, 99) = std::nextafter(once(3, 99), 2.0);
  CHECK_FALSE(math::is_symmetric(once));
  twice(7, 7) = std::nan("");
  CHECK_FALSE(math::is_symmetric(twice));
  CHECK(math::is_symmetric(Mat(0, 0)));
  CHECK_FALSE(math::is_symmetric(Mat(2, 3)));
}

TEST_CASE("centred rows: by several threads as by one", "[math]") {
  const RowMat X = random_matrix(700, 9, 6);
  const Vec centre = random_matrix(9, 1, 7).col(0);
  RowMat once = X, twice = X;
  math::centre_rows(once, centre, 1);
  math::centre_rows(twice, centre, 2);
  CHECK(once == twice);
  CHECK(once(699, 8) == X(699, 8) - centre[8]);
  CHECK_THROWS_AS(math::centre_rows(once, Vec(8), 1), DimensionError);
}

TEST_CASE("dense backend: it says what it is", "[math]") { CHECK(!math::dense_backend().empty()); }
