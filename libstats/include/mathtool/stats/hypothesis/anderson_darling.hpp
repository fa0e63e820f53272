#pragma once

#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Anderson and Darling's test that values are normal, with mean and deviation of the sample.
///     A² = −n − Σ (2i − 1)/n (log Φ(zᵢ) + log Φ(−z₍ₙ₊₁₋ᵢ₎)),   A*² = A² (1 + ¾/n + 2¼/n²)
/// The p-value is Stephens's approximation in A*². `statistic` is A².
///
/// Pre:     no NaN.
/// Throws:  InsufficientDataError for fewer than 8 values, or no spread.
/// Error:   the p-value to two digits; below 1e-20 it is not known, and given as that.
/// Ref:     Stephens, Tests based on EDF statistics, in D'Agostino & Stephens, Goodness-of-Fit
///          Techniques (1986), table 4.9; ad.test of R's package nortest.
TestResult anderson_darling_test(std::span<const double> x);

}  // namespace mathtool::stats
