#pragma once

#include <span>

namespace mathtool::stats {

/// The middle value, of an even number the mean of the two in the middle; NaN of none.
/// Pre:     no NaN.            Cost: O(n log n).
double sample_median(std::span<const double> x);

}  // namespace mathtool::stats
