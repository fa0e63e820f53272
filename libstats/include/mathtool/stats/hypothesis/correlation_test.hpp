#pragma once

#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Test of Pearson's correlation of two columns; what the matrix form gives for many columns.
///     t = r √((n − 2) / (1 − r²)),   df = n − 2,   atanh r ± z / √(n − 3)
///
/// Throws:  InsufficientDataError for fewer than 3 rows or a constant column; DimensionError unless
///          there are two columns.
/// Ref:     Fisher, On the "probable error" of a coefficient of correlation (1921).
TestResult pearson_test(const CovarianceEstimate& covariance, const TestOptions& options = {});

/// Test of Spearman's ρ. S = Σ (rank x − rank y)²; the p-value is exact up to 9 rows without ties,
/// by Edgeworth's series up to 1290, and by Student's t beyond and with ties, as in R.
///
/// Shapes:  as many x as y.    Pre: no NaN.    Throws: as above.
/// Ref:     Best & Roberts, Algorithm AS 89: The upper tail probabilities of Spearman's rho (1975).
TestResult spearman_test(std::span<const double> x, std::span<const double> y,
                         const TestOptions& options = {});

/// Test of Kendall's τ-b: exact below 50 rows without ties, else normal, as in R. The statistic is
/// the number of concordant pairs T where exact, else z.
///
/// Ref:     Kendall, Rank Correlation Methods (1970).
TestResult kendall_test(std::span<const double> x, std::span<const double> y,
                        const TestOptions& options = {});

}  // namespace mathtool::stats
