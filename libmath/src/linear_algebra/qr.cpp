#include "mathtool/math/linear_algebra/qr.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <limits>

#include "mathtool/math/error.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

/// The unit in which A is factorised.
double checked_unit(const MatRef& A) {
  require<DimensionError>(A.size() > 0, "qr: A must not be empty, got {} x {}", A.rows(), A.cols());
  require(A.allFinite(), "qr: A contains NaN or infinite entries");
  return power_of_two_near(A.cwiseAbs().maxCoeff());
}

/// Thin factors with a diagonal of R that is ≥ 0, from what Eigen computed.
template <class Decomposition>
void take_factors(const Decomposition& decomposition, double unit, Mat& Q, Mat& R) {
  const Mat& packed = decomposition.matrixQR();
  const Index n = packed.rows(), k = std::min(n, packed.cols());
  Q = decomposition.householderQ() * Mat::Identity(n, k);
  R = packed.topRows(k).template triangularView<Eigen::Upper>();
  for (Index j = 0; j < k; ++j)
    if (R(j, j) < 0) {
      R.row(j) *= -1.0;
      Q.col(j) *= -1.0;
    }
  R *= unit;
}

}  // namespace

Qr qr(const MatRef& A) {
  const double unit = checked_unit(A);
  Qr result;
  take_factors(Eigen::HouseholderQR<Mat>(A / unit), unit, result.Q, result.R);
  return result;
}

PivotedQr pivoted_qr(const MatRef& A, const PivotedQrOptions& options) {
  const double unit = checked_unit(A);
  const double tolerance = options.tolerance.value_or(
      static_cast<double>(std::max(A.rows(), A.cols())) * std::numeric_limits<double>::epsilon());
  require(tolerance >= 0, "pivoted_qr: tolerance must be >= 0, got {}", tolerance);
  const Eigen::ColPivHouseholderQR<Mat> decomposition(A / unit);
  PivotedQr result;
  take_factors(decomposition, unit, result.Q, result.R);
  const auto& order = decomposition.colsPermutation().indices();
  result.order.assign(order.data(), order.data() + order.size());
  result.threshold = tolerance * result.R(0, 0);
  const Vec diagonal = result.R.diagonal();
  while (result.rank < diagonal.size() && diagonal[result.rank] > result.threshold) ++result.rank;
  result.dependent.assign(result.order.begin() + result.rank, result.order.end());
  std::sort(result.dependent.begin(), result.dependent.end());
  return result;
}

}  // namespace mathtool::math
