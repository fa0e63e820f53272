#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// The means of two groups, compared.
struct GroupDifference {
  Index a = 0, b = 0;     ///< positions of the groups, b before a
  double difference = 0;  ///< mean of a − mean of b
  Interval ci = {0, 0};   ///< all of them hold together with the level
  double p_value = 1;     ///< adjusted for all pairs
};

/// Tukey's honest significant differences of all pairs of groups, unequal sizes after Kramer.
///     q = |x̄ₐ − x̄_b| / (s √((1/nₐ + 1/n_b) / 2)),   s² the mean square within groups
///
/// Throws:  as `anova`.
/// Cost:    O(k²) tails of the studentized range, a few ms each.
/// Ref:     Tukey (1953); Kramer, Extension of multiple range tests to group means with unequal
///          numbers of replications (1956).
std::vector<GroupDifference> tukey_differences(std::span<const Moments> groups, double level = 0.95,
                                               int threads = 0);

}  // namespace mathtool::stats
