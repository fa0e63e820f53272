#pragma once

#include "calculus/settle.hpp"
#include "calculus/track.hpp"

namespace mathtool::math {

/// What becomes of values that are not monotone near the limit point: squeezed to one value, kept
/// apart for ever, or grown beyond every bound.
Settled settle_oscillating(const Way& way, const Track& track, const Tolerances& tolerances);

}  // namespace mathtool::math
