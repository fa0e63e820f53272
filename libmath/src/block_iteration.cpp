#include "block_iteration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::math {
namespace {

constexpr int most_products = 40;  // beyond them Lanczos is cheaper

Mat random_block(Index rows, Index columns) {
  Philox random(0, 2);
  Mat block(rows, columns);
  for (Index j = 0; j < columns; ++j)
    for (double& entry : block.col(j)) entry = 2 * uniform(random) - 1;
  return block;
}

}  // namespace

std::optional<SymmetricEigen> block_iteration(const MatRef& A, Index k, int threads) {
  const Index p = A.rows(), width = std::min(p, k + std::max<Index>(8, k / 2));
  const double allowed = static_cast<double>(p) * std::numeric_limits<double>::epsilon() / 2;
  Mat basis = orthonormal_basis(random_block(p, width));
  double last_residual = std::numeric_limits<double>::infinity();
  for (int product = 1; product <= most_products; ++product) {
    const Mat image = multiply(A, basis, threads);
    const SymmetricEigen small = symmetric_eigen(multiply_transposed(basis, image));
    const double norm = std::abs(small.values[0]);
    if (small.values[width - 1] < -allowed * norm || norm == 0) return std::nullopt;
    const Mat vectors = multiply(basis, small.vectors), images = multiply(image, small.vectors);
    const double residual =
        (images.leftCols(k) - vectors.leftCols(k) * small.values.head(k).asDiagonal())
            .colwise()
            .norm()
            .maxCoeff();
    if (residual <= allowed * norm)
      return SymmetricEigen{small.values.head(k), vectors.leftCols(k), residual};
    // The residual falls by the same factor each time: will it be enough?
    const double needed =
        std::log(residual / (allowed * norm)) / std::log(last_residual / residual);
    if (product >= 4 && !(needed > 0 && product + needed <= most_products)) return std::nullopt;
    last_residual = residual;
    basis = orthonormal_basis(images);
  }
  return std::nullopt;
}

}  // namespace mathtool::math
