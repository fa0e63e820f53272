#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

namespace mathtool::stats {

/// Correlations of p columns, each matrix p × p and symmetric. The diagonal of r is exactly 1 with
/// p-value 0 and interval [1, 1]. What is undefined is NaN: all of a constant column (its diagonal
/// too), p-values for n < 3, intervals where the standard error has no positive root.
struct Correlation {
  Mat r = {};
  Mat p_values = {};  ///< two-sided, of no association
  Mat ci_low = {}, ci_high = {};
  Mat n = {};  ///< rows behind each pair, weighted rows by their weights
};

struct CorrelationOptions {
  double level = 0.95;  ///< of the intervals, in (0, 1)
};

/// Pearson's r with Student's t test on n − 2 degrees of freedom and Fisher's interval.
///
///     t = r √((n − 2) / (1 − r²)),   atanh r ± z / √(n − 3)
///
/// Throws: DomainError if an option is out of range.
/// Error:  p-values keep their relative accuracy down to 1e-300.
/// Ref:    Fisher, On the "probable error" of a coefficient of correlation (1921).
Correlation pearson_correlation(const CovarianceEstimate& covariance,
                                const CorrelationOptions& options = {});

/// The same, each pair by the rows in which both columns have values, as are the variances in it.
/// The matrix r may be indefinite: see `nearest_covariance`.
Correlation pearson_correlation(const PairwiseCovariance& covariance,
                                const CorrelationOptions& options = {});

}  // namespace mathtool::stats
