#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

struct IntegrateOptions {
  double rel_tol = 1e-12;  ///< converged: error ≤ max(abs_tol, rel_tol · |value|, rounding of ∫|f|)
  double abs_tol = 0.0;
  std::int64_t max_evaluations = 300'000;  ///< evaluations ≤ this, within one panel
  int scan = 168;          ///< samples spread over each piece before anything is believed, ≥ 21
  int zero_scan = 20'000;  ///< samples before f is given up that is 0 wherever it was looked at
  std::span<const double> breaks =
      {};  ///< where f jumps, bends or is singular; outside (a, b) unused
  StopToken stop = {};
};

/// A definite integral.
struct [[nodiscard]] Integral : Estimate {
  /// The widest gap between samples where f was smooth, as a share of its piece: what is narrower
  /// than this, and unnoticeable a gap away, can have been missed.
  double widest_gap = 1.0;
};

/// ∫ f(x) dx over [a, b] by two rules that must agree.
///
///     globally adaptive Gauss–Kronrod (10, 21), then tanh-sinh over neighbouring panels
///
/// The range is cut at 0 and at `breaks`, and searched for narrow features before anything is
/// believed. Where the integrand is singular, and towards ±∞, both rules work on the logarithm of
/// the distance, in which x^p is an exponential; what lies beyond the last number that a double
/// resolves is extrapolated. Half-waves of a slowly decaying oscillation are summed as a series.
///
/// Pre:     a and b not NaN; either may be ±∞; a > b flips the sign.
/// Throws:  DomainError if a precondition fails; Stopped; whatever f throws passes through.
/// Returns: `divergent` where the integral does not exist, `not_finite` where f is NaN or ±∞ on
///          more than isolated points, `suspicious` where the rules disagree or f is 0 wherever it
///          was looked at, `out_of_budget`, `stalled` where rounding in f forbids the tolerance.
/// Error:   the difference of the rules and the rounding of the sum; no sampling can exclude what
///          is narrower than `widest_gap`.
/// Ref:     Piessens et al., QUADPACK (1983); Takahasi & Mori, Double exponential formulas (1974).
Integral integrate(FunctionRef<double(double)> f, double a, double b,
                   const IntegrateOptions& options = {});

}  // namespace mathtool::math
