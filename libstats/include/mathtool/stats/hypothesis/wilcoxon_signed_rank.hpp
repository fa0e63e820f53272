#pragma once

#include <span>

#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Wilcoxon's signed-rank test that values, or differences of pairs, are symmetric about μ.
///     V = Σ rank of |x − μ| over x > μ;   values equal to μ are left out
/// `estimate` is the pseudo-median, the median of all averages of two, its interval made of two of
/// them; the effect is the rank-biserial correlation (V − V') / (V + V').
///
/// Pre:     no NaN.
/// Throws:  InsufficientDataError where no value differs from μ, or counting takes too long.
/// Cost:    O(n log n); exact O(n³).
/// Ref:     Wilcoxon, Individual comparisons by ranking methods (1945); Hollander & Wolfe (1973),
///          ch. 3; Kerby, The simple difference formula (2014).
TestResult wilcoxon_signed_rank_test(std::span<const double> x, double mu = 0,
                                     const RankTestOptions& options = {});

}  // namespace mathtool::stats
