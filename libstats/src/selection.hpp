#pragma once

#include <span>
#include <vector>

namespace mathtool::stats {

/// Numbers each of which counts `weight` times.
struct EqualWeights {
  std::span<const double> values;
  double weight;
};

/// Order statistics without sorting: for each rank r the smallest number that at least r samples do
/// not exceed. Narrows the range of each by counting its numbers in 2¹⁶ bins until few are left.
///
/// Pre:  no NaN; weights ≥ 1; ranks rise, from 1 to the sum of the weights.
/// Cost: O(n) time, three to eight readings of the numbers; none is copied but the last few.
/// Ref:  Knuth, The Art of Computer Programming 3 (1998), §5.2.5.
std::vector<double> select(std::span<const EqualWeights> parts, std::span<const double> ranks);

/// The same among the distances |x − center|.
std::vector<double> select_distances(std::span<const EqualWeights> parts, double center,
                                     std::span<const double> ranks);

}  // namespace mathtool::stats
