#pragma once

#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Where a p-value of ranks comes from.
enum class RankMethod {
  automatic,  ///< by counting below 50 values without ties, as R does
  exact,      ///< by counting, given the ties
  normal      ///< by the normal approximation
};

struct RankTestOptions {
  RankMethod method = RankMethod::automatic;
  bool continuity = true;  ///< correction of the normal approximation
  Alternative alternative = Alternative::two_sided;
  double level = 0.95;  ///< of intervals, in (0, 1)
};

/// Test of Mann, Whitney and Wilcoxon that two samples come from one distribution.
///     W = #{x > y} + #{x = y}/2 over all pairs of x − μ and y
/// `estimate` is the shift of Hodges and Lehmann, the median of all differences, its interval made
/// of two of them; the effect is the rank-biserial correlation P(x > y) − P(x < y) with Cliff's
/// interval.
///
/// Pre:     no NaN.
/// Throws:  InsufficientDataError for an empty sample, values that are all equal, or where counting
///          takes too long.
/// Cost:    O(n log n); exact O(m n (m + n)²) for m and n values.
/// Ref:     Mann & Whitney (1947); Hodges & Lehmann, Estimates of location based on rank tests
///          (1963); Hollander & Wolfe, Nonparametric Statistical Methods (1973), ch. 4; Cliff,
///          Ordinal Methods for Behavioral Data Analysis (1996).
TestResult mann_whitney_test(std::span<const double> x, std::span<const double> y, double mu = 0,
                             const RankTestOptions& options = {});

}  // namespace mathtool::stats
