#include "randomized_eigen.hpp"

#include <algorithm>

#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::stats {
namespace {

Mat random_start(Index p, Index width, std::uint64_t seed) {
  math::Philox random(seed);
  Mat start(p, width);
  for (Index j = 0; j < width; ++j)
    for (Index i = 0; i < p; ++i) start(i, j) = 2 * math::uniform(random) - 1;
  return start;
}

/// An orthonormal basis of what `block` adds to the orthonormal columns of `basis`. Twice is
/// enough: the second pass removes what the first one's rounding left.
Mat orthonormal_beyond(const Mat& basis, Mat block) {
  for (int pass = 0; pass < 2; ++pass) {
    if (basis.cols() > 0) block -= math::multiply(basis, math::multiply_transposed(basis, block));
    block = math::orthonormal_basis(block);
  }
  return block;
}

void append_columns(Mat& A, const Mat& more) {
  A.conservativeResize(more.rows(), A.cols() + more.cols());
  A.rightCols(more.cols()) = more;
}

}  // namespace

RandomizedEigen randomized_eigen(FunctionRef<Mat(const Mat&)> multiply, Index p, Index k,
                                 const RandomizedEigenOptions& options) {
  const Index width = std::min(p, k + std::max<Index>(k / 2, 8));
  const Index most = p < 512 ? p : 8 * width;  // columns of the basis before a restart
  Mat basis(p, 0), images(p, 0);               // images = A · basis
  Mat block = orthonormal_beyond(basis, random_start(p, width, options.seed));
  RandomizedEigen result;
  for (int products = 1;; ++products) {
    append_columns(basis, block);
    append_columns(images, multiply(block));
    const Mat projected = math::multiply_transposed(basis, images);
    const math::SymmetricEigen ritz =
        math::symmetric_eigen(0.5 * (projected + projected.transpose()));
    const Index wanted = std::min(k, basis.cols());
    result.values = ritz.values.head(wanted);
    result.vectors = math::multiply(basis, ritz.vectors.leftCols(wanted));
    const Mat residuals = math::multiply(images, ritz.vectors.leftCols(wanted)) -
                          result.vectors * result.values.asDiagonal();
    result.residual = residuals.colwise().norm().maxCoeff();

    const bool everything = basis.cols() == p;
    if (everything || result.residual <= options.tolerance * std::abs(result.values[0])) {
      result.status = Status::converged;
      return result;
    }
    if (products >= options.max_iterations) return result;

    if (basis.cols() >= most) {
      const Mat best = ritz.vectors.leftCols(width);
      images = math::multiply(images, best);
      basis = math::multiply(basis, best);
      block = orthonormal_beyond(basis, images - basis * ritz.values.head(width).asDiagonal());
    } else {
      const Index room = std::min(width, p - basis.cols());
      block = orthonormal_beyond(basis, images.rightCols(width).leftCols(room));
    }
  }
}

}  // namespace mathtool::stats
