#pragma once

#include "mathtool/stats/any_distribution.hpp"
#include "mathtool/stats/frequency_table.hpp"

namespace mathtool::stats {

/// max |Fₙ(x) − F(x)| of a sample's distribution function and another.
/// Cost: far fewer values of F than there are values in the sample: where F hardly rises between
///       two of them, what lies between cannot be farther off.
double ks_distance(const FrequencyTable& sample, const AnyDistribution& distribution);

}  // namespace mathtool::stats
