#include "mathtool/math/linear_algebra/norm.hpp"

#include <limits>

#include "mathtool/math/thin_svd.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {

double norm(const MatRef& A, Norm kind) {
  if (A.size() == 0) return 0.0;
  if (A.array().isNaN().any()) return std::numeric_limits<double>::quiet_NaN();
  const double largest = A.cwiseAbs().maxCoeff();
  if (largest == 0 || std::isinf(largest)) return largest;
  const double unit = power_of_two_near(largest);
  switch (kind) {
    case Norm::one: return (A / unit).cwiseAbs().colwise().sum().maxCoeff() * unit;
    case Norm::infinity: return (A / unit).cwiseAbs().rowwise().sum().maxCoeff() * unit;
    case Norm::frobenius: return (A / unit).norm() * unit;
    case Norm::max: return largest;
    case Norm::spectral:
    case Norm::nuclear: break;
  }
  if (A.cols() == 1 || A.rows() == 1) return (A / unit).norm() * unit;
  const Vec singular = thin_svd(A, {.left = false}).singular;
  return kind == Norm::spectral ? singular[0] : singular.sum();
}

}  // namespace mathtool::math
