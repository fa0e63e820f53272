#pragma once

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Jarque and Bera's test of normality by skewness and kurtosis, from the moments alone.
///     JB = n (g₁²/6 + g₂²/24),   against χ² of 2 degrees of freedom
/// with g₁ and g₂ the moment ratios m₃/m₂^{3/2} and m₄/m₂² − 3.
///
/// Pre:     many values: below some 2000 the χ² is rough.
/// Throws:  InsufficientDataError for fewer than 4 values, or no spread.
/// Ref:     Jarque & Bera, A test for normality of observations (1987).
TestResult jarque_bera_test(const Moments& x);

}  // namespace mathtool::stats
