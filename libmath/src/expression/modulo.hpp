#pragma once

#include <cmath>

namespace mathtool::math {

/// x − y⌊x/y⌋ without the rounding of the quotient: the remainder with the sign of y.
inline double modulo(double x, double y) {
  const double remainder = std::fmod(x, y);
  const bool opposite = remainder != 0 && std::signbit(remainder) != std::signbit(y);
  return opposite ? remainder + y : remainder;
}

}  // namespace mathtool::math
