#include "mathtool/math/orthonormal_basis.hpp"

#include <Eigen/QR>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

Mat orthonormal_basis(const MatRef& A) {
  require<DimensionError>(A.rows() >= A.cols(),
                          "orthonormal_basis: {} columns of {} rows cannot be orthonormal",
                          A.cols(), A.rows());
  const Eigen::HouseholderQR<Mat> qr(A);
  return qr.householderQ() * Mat::Identity(A.rows(), A.cols());
}

}  // namespace mathtool::math
