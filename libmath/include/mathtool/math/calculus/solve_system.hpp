#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct SolveSystemOptions {
  std::function<Mat(const Vec&)> jacobian = {};  ///< ∂Fᵢ/∂xⱼ, n × n; otherwise by differences
  double rel_tol = 1e-10;                        ///< converged when every error ≤ max(abs_tol,
  double abs_tol = 1e-12;                        ///< rel_tol · ‖x‖∞)
  int max_iterations = 200;
  StopToken stop = {};
};

struct [[nodiscard]] SystemRoot {
  Vec x = {};      ///< n, the solution; otherwise the point with the least ‖F‖ seen
  Vec error = {};  ///< n, bound of |xᵢ − exact|, estimated
  double residual = std::numeric_limits<double>::quiet_NaN();  ///< ‖F(x)‖∞
  int iterations = 0;
  std::int64_t evaluations = 0;  ///< of F
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// A solution of n equations F(x) = 0 near x0 by damped Newton steps:
///     J(x) d = −F(x),  x ← x + λ d,   λ ≤ 1 halved until the next Newton step is shorter
/// The test on the step, not on ‖F‖, makes the path independent of how equations are scaled.
///
/// Shapes:  x0 is n, F maps n to n, n ≥ 1.                Throws: DimensionError, DomainError;
/// Stopped. Returns: `stalled` where no damping helps, most often at a least ‖F‖ that is no
/// solution;
///          `suspicious` where the Jacobian is singular at the solution, so that it is multiple or
///          not isolated; `not_finite` where F or J is not finite; `out_of_budget`.
/// Error:   the last correction plus what one rounding in F and x moves the solution by.
/// Cost:    one Jacobian and O(n³) per iteration; 2n evaluations for a Jacobian by differences.
/// Ref:     Deuflhard, Newton Methods for Nonlinear Problems (2004), algorithm NLEQ-ERR.
SystemRoot solve_system(FunctionRef<Vec(const Vec&)> F, const VecRef& x0,
                        const SolveSystemOptions& options = {});

}  // namespace mathtool::math
