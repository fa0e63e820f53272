#include "mathtool/math/thin_svd.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "blas.hpp"
#include "jacobi.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

/// R = U diag(singular) Vᵀ for a square matrix by one-sided Jacobi.
ThinSvd jacobi_svd(Mat W) {
  const Index p = W.cols();
  Mat rotations;
  jacobi_orthogonalise(W, rotations);
  const Vec norms = W.colwise().norm().transpose();
  std::vector<Index> order(static_cast<std::size_t>(p));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index i, Index j) { return norms[i] > norms[j]; });
  ThinSvd svd{Mat::Zero(p, p), Vec(p), Mat(p, p)};
  for (Index k = 0; k < p; ++k) {
    const Index from = order[static_cast<std::size_t>(k)];
    svd.singular[k] = norms[from];
    svd.V.col(k) = rotations.col(from);
    if (norms[from] > 0) svd.U.col(k) = W.col(from) / norms[from];
  }
  return svd;
}

ThinSvd square_svd(const Mat& R) {
  ThinSvd svd;
  Mat work = R, transposed_V;
  if (R.cols() <= jacobi_size || !blas::available() ||
      !blas::gesdd(work, svd.U, svd.singular, transposed_V))
    return jacobi_svd(R);
  svd.V = transposed_V.transpose();
  return svd;
}

}  // namespace

ThinSvd thin_svd(const MatRef& X, const ThinSvdOptions& options) {
  const Index n = X.rows(), p = X.cols();
  require<DimensionError>(n >= 1 && p >= 1, "thin_svd: X must not be empty, got {} x {}", n, p);
  if (n < p) {
    ThinSvd svd = thin_svd(Mat(X.transpose()));
    std::swap(svd.U, svd.V);
    if (!options.left) svd.U.resize(0, 0);
    return svd;
  }
  require(X.allFinite(), "thin_svd: X contains NaN or infinite entries");
  const double unit = power_of_two_near(X.cwiseAbs().maxCoeff());
  const Eigen::HouseholderQR<Mat> qr(X / unit);
  const Mat R = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
  ThinSvd svd = square_svd(R);
  svd.singular *= unit;
  if (!options.left) {
    svd.U.resize(0, 0);
    return svd;
  }
  Mat U = Mat::Zero(n, p);
  U.topRows(p) = svd.U;
  U.applyOnTheLeft(qr.householderQ());
  svd.U = std::move(U);
  return svd;
}

}  // namespace mathtool::math
