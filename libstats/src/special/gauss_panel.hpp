#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// ∫ f over [a, b], halved where Gauss's rule and that of the halves differ by more than the
/// tolerance, of which the halves' error is a small part.
/// Error:   1e-16 relative for an f that is smooth but for a few places.
/// Cost:    60 to some thousand evaluations.
Extended gauss_integral(FunctionRef<Extended(Extended)> f, Extended a, Extended b,
                        Extended tolerance = 1e-17L);

}  // namespace mathtool::stats
