#pragma once

#include <span>
#include <vector>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

enum class LeveneCentre {
  median,  ///< Brown and Forsythe's: right for skewed values too
  mean     ///< Levene's own
};

/// Levene's test of equal variances: an analysis of variance of |x − centre of its group|.
///
/// Pre:     no NaN.
/// Throws:  InsufficientDataError for fewer than two samples, an empty one, or deviations that do
///          not differ within any group.
/// Cost:    O(n log n) for the median.
/// Ref:     Brown & Forsythe, Robust tests for the equality of variances (1974); leveneTest of R's
///          package car.
TestResult levene_test(std::span<const std::vector<double>> groups,
                       LeveneCentre centre = LeveneCentre::median, double level = 0.95);

}  // namespace mathtool::stats
