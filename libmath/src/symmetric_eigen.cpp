#include "mathtool/math/symmetric_eigen.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "blas.hpp"
#include "block_iteration.hpp"
#include "jacobi.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "power_of_two.hpp"
#include "symmetric_eigen_leading.hpp"

namespace mathtool::math {
namespace {

SymmetricEigen all_pairs(const MatRef& A, bool vectors) {
  SymmetricEigen result;
  if (A.rows() <= jacobi_size) {
    Mat diagonal = A;
    jacobi_diagonalise(diagonal, vectors ? &result.vectors : nullptr);
    result.values = diagonal.diagonal();
    return result;
  }
  result.vectors = A;
  if (blas::available() && blas::syevd(result.vectors, result.values, vectors)) return result;
  const Eigen::SelfAdjointEigenSolver<Mat> solver(
      A, vectors ? Eigen::ComputeEigenvectors : Eigen::EigenvaluesOnly);
  result.values = solver.eigenvalues();
  if (vectors) result.vectors = solver.eigenvectors();
  return result;
}

void sort_descending(SymmetricEigen& pairs, Index keep) {
  std::vector<Index> order(static_cast<std::size_t>(pairs.values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index i, Index j) { return pairs.values[i] > pairs.values[j]; });
  Vec values(keep);
  Mat vectors(pairs.vectors.rows(), keep);
  for (Index k = 0; k < keep; ++k) {
    values[k] = pairs.values[order[static_cast<std::size_t>(k)]];
    vectors.col(k) = pairs.vectors.col(order[static_cast<std::size_t>(k)]);
  }
  pairs.values = std::move(values);
  pairs.vectors = std::move(vectors);
}

double largest_residual(const MatRef& A, const SymmetricEigen& pairs) {
  const Mat difference = multiply(A, pairs.vectors) - pairs.vectors * pairs.values.asDiagonal();
  return difference.colwise().norm().maxCoeff();
}

SymmetricEigen solve(const MatRef& symmetric, Index leading, bool vectors, int threads) {
  // Iterations pay off when few of many pairs are wanted.
  if (symmetric.rows() > 4 * jacobi_size && leading <= symmetric.rows() / 8) {
    if (auto pairs = block_iteration(symmetric, leading, threads)) return *pairs;
    if (auto pairs = leading_eigenpairs(symmetric, leading)) return *pairs;
  }

  SymmetricEigen pairs = all_pairs(symmetric, vectors);
  if (!vectors) {
    std::sort(pairs.values.begin(), pairs.values.end(), std::greater<>());
    return {pairs.values.head(leading), {}, 0.0};
  }
  sort_descending(pairs, leading);
  pairs.residual = largest_residual(symmetric, pairs);
  return pairs;
}

}  // namespace

SymmetricEigen symmetric_eigen(const MatRef& A, const SymmetricEigenOptions& options) {
  const Index p = A.rows();
  require<DimensionError>(p >= 1 && A.cols() == p,
                          "symmetric_eigen: A must be square and not empty, got {} x {}", p,
                          A.cols());
  const Index leading = options.leading.value_or(p);
  require(1 <= leading && leading <= p, "symmetric_eigen: leading must be in [1, {}], got {}", p,
          leading);
  Mat copy;  // of A only where something is to be put right
  if (!is_symmetric(A)) {
    copy = A;
    mirror_lower(copy);
  }
  const auto symmetric = [&] { return copy.size() > 0 ? MatRef(copy) : A; };
  const double largest = symmetric().cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
  require(std::isfinite(largest), "symmetric_eigen: A contains NaN or infinite entries");
  constexpr double safe = 0x1p+200;  // squares and their sums neither overflow nor vanish
  const double unit = largest < safe && 1 / safe < largest ? 1.0 : power_of_two_near(largest);
  if (unit != 1) copy = symmetric() / unit;
  SymmetricEigen pairs = solve(symmetric(), leading, options.vectors, options.threads);
  pairs.values *= unit;
  pairs.residual *= unit;
  return pairs;
}

}  // namespace mathtool::math
