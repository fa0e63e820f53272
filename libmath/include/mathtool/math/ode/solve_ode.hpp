#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/ode/trajectory.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The right-hand side of y′ = f(t, y): writes f(t, y), size n, into `slope`, which has that size.
using OdeFunction = FunctionRef<void(double t, const Vec& y, Vec& slope)>;

enum class OdeMethod {
  automatic,       ///< by tolerance: dormand_prince or dop853, radau once the problem is stiff
  dormand_prince,  ///< explicit, order 5(4): loose tolerances
  dop853,          ///< explicit, order 8(5,3): tight tolerances
  radau,           ///< implicit, order 5 or 9: stiff problems
};

/// The enumerator's own name.
std::string_view to_string(OdeMethod method);

struct OdeOptions {
  OdeMethod method = OdeMethod::automatic;
  double rel_tol = 1e-10;  ///< converged when every error ≤ abs_tol + rel_tol · max |yᵢ| on the way
  double abs_tol = 1e-14;
  std::function<Mat(double t, const Vec& y)> jacobian = {};  ///< ∂fᵢ/∂yⱼ; else by differences
  bool trajectory = false;      ///< keep the solution between t0 and t1 too
  std::int64_t samples = 4096;  ///< places between steps where each run looks for short pulses, ≥ 0
  std::int64_t max_evaluations = 1'000'000;  ///< of f, in each of three runs
  StopToken stop = {};
};

struct [[nodiscard]] OdeSolution {
  double t = std::numeric_limits<double>::quiet_NaN();  ///< t1, or how far the solution came
  Vec y = {};                                           ///< n, the solution at t
  Vec error = {};                                       ///< n, bound of |yᵢ − exact|, estimated
  Trajectory trajectory = {};                           ///< empty unless asked for
  OdeMethod method = OdeMethod::automatic;              ///< that took the last step
  std::int64_t steps = 0;
  std::int64_t evaluations = 0;  ///< of f, for Jacobians and for the error included
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// The solution of an initial value problem at t1:
///     y′ = f(t, y),   y(t0) = y0
/// t1 < t0 integrates backwards. A step's own error estimate bounds one step, not their sum; so the
/// problem is solved three times, with different tolerances, step limits and roundings of y0, and
/// the global error is taken from the differences. Between the steps of each run f is looked at
/// 4,096 times for pulses that all stages missed; one much shorter than 1/4,000 of the way may
/// remain unseen.
///
/// Shapes:  y0 is n ≥ 1.      Pre: t0, t1, y0 finite.      Throws: DimensionError, DomainError;
/// Stopped. Returns: `divergent` where the solution grows without bound before t1, with `t` the
/// place;
///          `not_finite` where f is NaN at the start or wherever the solution leads; `stalled`
///          where steps become too small (a singular f); `suspicious` where the runs differ by
///          more than the tolerance: chaotic or unstable problems; `out_of_budget`.
/// Error:   the tolerance, down to the rounding of the steps; docs/equations.md holds a table.
/// Cost:    12 evaluations a step with dop853, about 50 with radau and an LU of size 5n; three
///          runs, and in each `samples` evaluations between steps.
/// Ref:     Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I (1993),
/// §II.4-II.6;
///          Hairer & Wanner, the same, II (1996), §IV.8.
OdeSolution solve_ode(OdeFunction f, double t0, const VecRef& y0, double t1,
                      const OdeOptions& options = {});

}  // namespace mathtool::math
