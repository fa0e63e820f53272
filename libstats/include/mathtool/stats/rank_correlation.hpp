#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/stats/correlation.hpp"

namespace mathtool::stats {

struct RankCorrelationOptions {
  double level = 0.95;    ///< of the intervals, in (0, 1)
  bool pairwise = false;  ///< leave rows with NaN out of the pairs they touch, not out of all
  Vec weights = {};       ///< n frequencies, finite and ≥ 0; empty: every row counts once
  int threads = 0;        ///< ≥ 0; 0: all; never changes a bit
};

/// Spearman's ρ: Pearson's r of the ranks, ties sharing their mean rank. The p-value is that of
/// Student's t on n − 2 degrees of freedom, as R's cor.test(exact = FALSE) gives it; for n < 10 it
/// is rough. The interval is atanh ρ ± z √((1 + ρ²/2) / (n − 3)).
///
/// Shapes: X is n × p; rows with NaN are left out.
/// Throws: DimensionError unless there are n weights or none; DomainError for options out of range.
/// Cost:   O(p n log n + p² n) time; memory for a copy of X; with `pairwise` O(p² n log n) time.
/// Ref:    Bonett & Wright, Sample size requirements for estimating Pearson, Kendall and Spearman
///         correlations (2000).
Correlation spearman_correlation(const MatRef& X, const RankCorrelationOptions& options = {});

/// Kendall's τ-b. The p-value is exact for n < 50 without ties, else by the normal approximation
/// with its variance corrected for ties, as in R's cor.test. The interval is
/// atanh τ ± z √(0.437 / (n − 4)).
///
/// Shapes, Throws: as above.  Cost: O(p² n log n) time; memory for p orders of n rows.
/// Ref:    Knight, A computer method for calculating Kendall's tau with ungrouped data (1966);
///         Kendall, Rank Correlation Methods (1970), ch. 4-5; Fieller, Hartley & Pearson, Tests for
///         rank correlation coefficients (1957).
Correlation kendall_correlation(const MatRef& X, const RankCorrelationOptions& options = {});

}  // namespace mathtool::stats
