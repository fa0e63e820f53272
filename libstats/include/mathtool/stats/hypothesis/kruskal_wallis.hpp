#pragma once

#include <span>
#include <vector>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Kruskal and Wallis's rank test that several samples come from one distribution.
///     H = (12 Σ Rᵢ²/nᵢ / (N (N + 1)) − 3 (N + 1)) / (1 − Σ (t³ − t) / (N³ − N))
/// against χ² of k − 1 degrees of freedom; the effect is ε² = H / (N − 1).
///
/// Pre:     no NaN; some five values a group for the χ².
/// Throws:  InsufficientDataError for fewer than two samples, an empty one, or equal values only.
/// Cost:    O(N log N).
/// Ref:     Kruskal & Wallis, Use of ranks in one-criterion variance analysis (1952).
TestResult kruskal_wallis_test(std::span<const std::vector<double>> groups, double level = 0.95);

}  // namespace mathtool::stats
