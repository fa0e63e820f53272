#pragma once

#include <limits>

namespace mathtool {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The distance from 1 to the next double, 2⁻⁵².
inline constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// The largest relative error of one rounding, 2⁻⁵³.
inline constexpr double unit_roundoff = epsilon / 2;

}  // namespace mathtool
