#pragma once

#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

constexpr std::size_t shapiro_wilk_most = 5000;  ///< values for which the test was worked out

/// Shapiro and Wilk's test of normality, by Royston's approximations.
///     W = (Σ aᵢ x₍ᵢ₎)² / Σ (xᵢ − x̄)²
///
/// Pre:     no NaN.
/// Throws:  InsufficientDataError for fewer than 3 or more than 5000 values, or no spread.
/// Error:   W to rounding; the p-value is an approximation, good to two digits, as everywhere.
/// Ref:     Royston, Remark AS R94: A remark on algorithm AS 181 (1995).
TestResult shapiro_wilk_test(std::span<const double> x);

}  // namespace mathtool::stats
