#pragma once

#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct ProportionOptions {
  Alternative alternative = Alternative::two_sided;  ///< of one or two proportions
  bool continuity = true;                            ///< Yates' correction, of one or two
  double level = 0.95;                               ///< of intervals, in (0, 1)
};

/// Test of one proportion by the normal approximation, with Wilson's interval.
///     χ² = (|k − n p| − c)² / (n p (1 − p)),   c = min(½, |k − n p|),   effect Cohen's h
/// Throws:  as `binomial_test`, and DomainError for p = 0 or 1.
/// Ref:     Wilson (1927); Newcombe, Two-sided confidence intervals for the single proportion
///          (1998), method 4; R's prop.test.
TestResult proportion_test(double successes, double trials, double p = 0.5,
                           const ProportionOptions& options = {});

/// Test that the proportions of two or more groups are equal. For two `estimate` is p₁ − p₂ with
/// its interval and the effect Cohen's h; for more the effect is Cramér's V.
///
/// Shapes:  as many successes as trials.
/// Throws:  as above; InsufficientDataError where all trials succeed, or none.
/// Ref:     Newcombe, Interval estimation for the difference (1998), method 11; R's prop.test.
TestResult proportion_test(std::span<const double> successes, std::span<const double> trials,
                           const ProportionOptions& options = {});

}  // namespace mathtool::stats
