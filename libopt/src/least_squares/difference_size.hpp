#pragma once

#include <algorithm>
#include <cmath>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// The size by which differences step away from a parameter x: its own, for it may be 1e-9 by
/// nature. While such a step changes nothing beyond rounding x is on its way through 0, and larger
/// sizes are tried, up to that which stands in for 0. `look` takes a size and returns whether there
/// was a change.
template <class Look>
void try_difference_sizes(double x, Look&& look) {
  constexpr double size_of_zero = 1e-3;
  double size = x == 0 ? size_of_zero : std::abs(x);
  while (!look(size) && size < size_of_zero) size = std::min(1e3 * size, size_of_zero);
}

/// Whether some value changed by more than rounding does.
inline bool changed(const Vec& above, const Vec& below) {
  for (Index i = 0; i < above.size(); ++i)
    if (std::abs(above[i] - below[i]) > 1e-9 * (std::abs(above[i]) + std::abs(below[i])))
      return true;
  return false;
}

}  // namespace mathtool::opt
