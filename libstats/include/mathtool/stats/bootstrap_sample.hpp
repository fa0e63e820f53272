#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// n observations out of n, drawn with replacement. A function of seed and replicate alone, so that
/// replicates can be drawn in any order on any number of threads.
/// Throws: DomainError unless n ≥ 1.
/// Ref:    Efron, Bootstrap methods: another look at the jackknife (1979).
std::vector<Index> bootstrap_sample(Index n, std::uint64_t seed, std::uint64_t replicate);

/// The observations of 0, ..., n − 1 that a sample left out, ascending; about n/e of them.
/// Throws: DomainError for an observation out of range.
std::vector<Index> out_of_bag(std::span<const Index> sample, Index n);

}  // namespace mathtool::stats
