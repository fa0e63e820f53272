#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// log ∑ exp(log_term(j)) over the whole numbers from 0 to `last`, from the largest term outwards.
/// The terms have one peak, which is looked for from `start` in steps of `grain`, and are smooth
/// between whole numbers.
/// Pre:     0 ≤ start ≤ last; start and grain are whole, and the grain is narrow beside the peak.
/// Cost:    some hundred terms, however wide the peak.
Extended log_peaked_sum(FunctionRef<Extended(Extended)> log_term, Extended start, Extended grain,
                        Extended last = infinity);

}  // namespace mathtool::stats
