#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// 2 P(X > h, Y > aX) of two independent standard normal variables, which is the thin tail of the
/// skew normal distribution: Φ(−h) − 2 T(h, a) with Owen's T, without their cancellation.
/// Pre:     h, a ≥ 0.
/// Ref:     Owen, Tables for computing bivariate normal probabilities (1956).
Extended normal_wedge(Extended h, Extended a);
Extended log_normal_wedge(Extended h, Extended a);

}  // namespace mathtool::stats
