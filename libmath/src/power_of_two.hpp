#pragma once

#include <cmath>

namespace mathtool::math {

/// The unit in which the largest entry of a matrix is about 1, so that squares neither overflow nor
/// vanish; division by it is exact but for subnormal results.
inline double power_of_two_near(double largest) {
  return largest > 0 ? std::scalbn(1.0, std::ilogb(largest)) : 1.0;
}

}  // namespace mathtool::math
