#pragma once

#include <span>
#include <vector>

namespace mathtool::stats {

/// Ranks from 1 of some values, ties sharing their mean, and what the ties do to variances.
struct MidRanks {
  std::vector<double> ranks = {};
  double tie_sum = 0;  ///< Σ (t³ − t) over the groups of ties
  bool ties = false;
};

/// Pre:     no NaN.            Cost: O(n log n).
MidRanks mid_ranks_of(std::span<const double> x);

}  // namespace mathtool::stats
