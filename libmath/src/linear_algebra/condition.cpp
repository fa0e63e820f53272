#include "mathtool/math/linear_algebra/condition.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/thin_svd.hpp"

namespace mathtool::math {

Estimate condition_number(const MatRef& A) {
  const Vec singular = thin_svd(A, {.left = false}).singular;
  const Index k = singular.size();
  const double smallest = singular[k - 1];
  Estimate condition;
  condition.value = smallest > 0 ? singular[0] / smallest : std::numeric_limits<double>::infinity();
  condition.error = smallest > 0
                        ? static_cast<double>(k) * unit_roundoff * condition.value * condition.value
                        : 0.0;
  condition.status = Status::converged;
  if (smallest == 0) {
    condition.reason = "the smallest singular value is 0";
  } else if (condition.value * unit_roundoff >= 0.1) {
    condition.status = Status::suspicious;
    condition.reason = fmt::format(
        "the smallest singular value, {:.1e}, is no larger than rounding of the largest, {:.1e}: A "
        "may be singular",
        smallest, singular[0]);
  }
  return condition;
}

}  // namespace mathtool::math
