#pragma once

#include <cstdint>
#include <span>

namespace mathtool::stats {

/// The k-th smallest, from 0, of all differences x − y of two sorted samples. Pre: k < m n.
/// Cost: O(m + n) for each of at most 64 halvings of the range; no memory.
double ordered_difference(std::span<const double> x, std::span<const double> y, std::int64_t k);

/// The k-th smallest, from 0, of the averages (xᵢ + xⱼ)/2, i ≤ j, of a sorted sample: Walsh's.
double ordered_average(std::span<const double> x, std::int64_t k);

}  // namespace mathtool::stats
