#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// log ∫ exp(f(x)) dx over the real line, of an f with one peak, which is looked for from `start`
/// by steps of `scale` at first.
/// Error:   1e-16, and the rounding of f.
Extended log_integral(FunctionRef<Extended(Extended)> f, Extended start, Extended scale);

}  // namespace mathtool::stats
