#pragma once

#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Pearson's test that counts come from a distribution known beforehand.
///     χ² = Σ (Oᵢ − Eᵢ)² / Eᵢ,   Eᵢ = N pᵢ,   df = k − 1,   effect w = √(χ²/N)
///
/// Shapes:  one weight per count, their sum need not be 1; none: all levels are equally likely.
/// Pre:     expected counts of 5 or more; a note says where they are not.
/// Throws:  DimensionError; DomainError for counts or weights that are negative or not finite;
///          InsufficientDataError for fewer than two levels, no count, or a count where none can
///          be.
/// Ref:     Pearson (1900); Cohen, Statistical Power Analysis (1988), ch. 7.
TestResult chi_squared_fit_test(std::span<const double> counts,
                                std::span<const double> weights = {}, double level = 0.95);

}  // namespace mathtool::stats
