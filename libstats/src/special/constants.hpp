#pragma once

#include <numbers>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

inline constexpr Extended pi = std::numbers::pi_v<Extended>;
inline constexpr Extended two_pi = 2 * pi;
inline constexpr Extended root_half = std::numbers::sqrt2_v<Extended> / 2;
inline constexpr Extended root_two_pi = 2.506628274631000502415765284811045253L;
inline constexpr Extended log_two_pi = 1.837877066409345483560659472811235280L;
inline constexpr Extended log_root_two_pi = 0.918938533204672741780329736405617640L;

}  // namespace mathtool::stats
