#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// One line of a table of variances.
struct AnovaRow {
  std::string source = {};
  double df = 0;
  double ss = 0;  ///< sum of squares
  double ms = not_a_number;
  double f = not_a_number;        ///< NaN of the residuals
  double p_value = not_a_number;  ///< P(F > f)
  double log10_p = not_a_number;
};

struct [[nodiscard]] Anova {
  TestResult test = {};
  std::vector<AnovaRow> table = {};  ///< residuals last
};

/// Analysis of variance of groups, one way.
///     F = (Σ nᵢ (x̄ᵢ − x̄)² / (k − 1)) / (Σ Σ (x − x̄ᵢ)² / (N − k)),   η² = SS between / SS total
/// The interval of η² is λ / (λ + N) at the ends of that of F's noncentrality λ.
///
/// Pre:     normal values of one variance in all groups; sensitive to neither where groups are
///          large and of one size.
/// Throws:  InsufficientDataError for fewer than two groups, an empty one, none with two values, or
///          no spread within groups; DomainError for options out of range.
/// Error:   that of the moments: means and their differences are carried to twice the precision.
/// Ref:     Fisher, Statistical Methods for Research Workers (1925), ch. VII; Steiger (2004).
Anova anova(std::span<const Moments> groups, double level = 0.95);

}  // namespace mathtool::stats
