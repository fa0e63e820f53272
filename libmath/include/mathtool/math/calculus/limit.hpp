#pragma once

#include <optional>
#include <string_view>

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

/// What is known of a limit.
enum class Verdict {
  finite,           ///< it exists: `value` within `error`
  plus_infinity,    ///< the function grows beyond every bound
  minus_infinity,   ///< and below every bound
  does_not_exist,   ///< it oscillates, or its one-sided limits differ
  undefined,        ///< the function has no values there
  not_established,  ///< none of these could be shown; `value` is the best guess, if any
};

/// As it is read aloud: "does not exist".
std::string_view to_string(Verdict verdict);

/// A limit and what is known of it. `status` is `converged` for a finite limit within tolerance,
/// `divergent` for one that is infinite or does not exist, `not_finite` for an undefined one; all
/// else is not established: `value` ± `error` is then the best guess. An infinite limit has the
/// value ±∞, one that does not exist NaN.
struct [[nodiscard]] LimitEstimate : Estimate {
  Verdict verdict = Verdict::not_established;
};

enum class Side { both, left, right };

struct LimitOptions {
  Side side = Side::both;  ///< at ±∞ there is only one
  double rel_tol = 1e-10;  ///< converged when error ≤ max(rel_tol · |value|, abs_tol · size),
  double abs_tol = 1e-10;  ///< size = min(1, largest |f| on the way)
  StopToken stop = {};
};

struct [[nodiscard]] Limit : LimitEstimate {
  std::optional<LimitEstimate> left = {};   ///< from below, where it was asked for
  std::optional<LimitEstimate> right = {};  ///< from above, where it was asked for
};

/// lim f(x) for x → point, which may be ±∞.
///
/// f is sampled on a ladder of distances that shrink by a constant factor. From some point on, what
/// is made of elementary functions without oscillation is monotone: then Wynn's ε, Levin's u and
/// plain samples estimate the limit of f, or that of 1/f, and the estimates must contain one
/// another. Where f is not monotone, its spread in two windows, far and near, tells squeezed from
/// oscillating. A two-sided limit where f has values on one side alone is that of this side.
///
/// f(x) may be NaN or infinite; std::domain_error and std::overflow_error count as these.
/// Pre:     tolerances > 0, point not NaN.   Throws: DomainError; Stopped; what f throws.
/// Error:   10 n times the last change of the best of n accelerated values: an upper bound even
///          where convergence is logarithmic. Doubles that cancel (0/0, ∞ − ∞) leave 8 to 12
///          digits; `precise_limits.hpp` leaves all.
/// Cost:    about 100 evaluations for each side, up to 300 where f oscillates or is slow.
/// Ref:     Wynn (1956); Levin (1973); Weniger, Nonlinear sequence transformations (1989).
Limit limit(FunctionRef<double(double)> f, double point, const LimitOptions& options = {});

}  // namespace mathtool::math
