#pragma once

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

/// A solution of f(x) = 0: `value` is x, `error` bounds its distance from the sign change of f.
struct [[nodiscard]] Root : Estimate {
  double residual = std::numeric_limits<double>::quiet_NaN();  ///< f(value)
};

struct FindRootOptions {
  double rel_tol = 1e-10;  ///< converged when error ≤ max(abs_tol, rel_tol · |root|)
  double abs_tol = 1e-12;
  int max_evaluations = 1000;
  StopToken stop = {};
};

/// A root of f between a and b, where f has opposite signs.
///
/// The bracket is narrowed by inverse quadratic interpolation, guarded by bisection, until its ends
/// are neighbouring doubles or f is 0. Then f is sampled on both sides, at distances that grow from
/// one unit in the last place: the error is the distance from which on f grows away from zero, so
/// that rounding in f is part of it.
///
/// Pre:     a ≠ b, both finite; tolerances ≥ 0.           Throws: DomainError; Stopped.
/// Returns: `stalled` where f has the same sign at both ends, and where rounding in f hides the
///          root (x³ − 3x² + 3x − 1 is known to 1e-5 only); `suspicious` where f changes its sign
///          by a jump or a pole; `not_finite` where f is NaN; `out_of_budget`.
/// Error:   covers rounding inside f as far as it shows as scatter.
/// Cost:    about 10 evaluations for the root and 30 for its error.
/// Ref:     Chandrupatla, A new hybrid quadratic/bisection algorithm (1997).
Root find_root(FunctionRef<double(double)> f, double a, double b,
               const FindRootOptions& options = {});

}  // namespace mathtool::math
