#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_evaluations.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/constraints/constrained_minimum.hpp"
#include "mathtool/opt/constraints/constraint.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// A method for problems with constraints: settings, and apart from them a state. `step` moves
/// `now` on, keeps its invariant and the box, and sets the multipliers; it returns nothing, or why
/// there is no next step, and then leaves `now` at the last good point. A method may also offer
/// `settled(state, f, now)`: whether it takes a point that met the tolerances for the answer.
template <class M>
concept ConstrainedMethod = requires(const M& method, typename M::State& state,
                                     ConstrainedEvaluations& f, ConstrainedIterate& now) {
  { method.init(std::as_const(now)) } -> std::same_as<typename M::State>;
  { method.step(state, f, now) } -> std::same_as<std::optional<Stop>>;
  method.validate();
};

struct ConstrainedOptions {
  /// Converged when stationarity and complementarity are ≤ gradient_tol · min(1, s), s the larger
  /// of |f| and ‖∇f‖∞ at the start, and the violation is ≤ feasibility_tol; or when rounding lets
  /// neither be reduced and both are as small as it allows. `target`, `step_tol` and `value_tol`
  /// count at feasible points only.
  StoppingOptions stopping = {.gradient_tol = 1e-9, .max_iterations = 1000};
  double feasibility_tol = 1e-9;  ///< of each |g|, times max(1, ‖∇g‖∞ ‖x‖∞); ≥ 0
  std::function<Flow(const ConstrainedIterate&)> observe = {};  ///< sees every iterate
  bool keep_history = false;                                    ///< fills `records`
  std::vector<std::string> variables = {};  ///< names for the bounds; empty: x1, x2, ...
  bool second_order = true;                 ///< the verdict at the end, for one more Hessian

  /// Throws: DomainError.
  void validate(Index n) const;
};

namespace detail {

/// The one loop for problems with constraints, whatever the method.
ConstrainedMinimum run_constrained(
    const ConstrainedProblem& problem, const VecRef& x0,
    FunctionRef<void(const ConstrainedIterate&)> begin,
    FunctionRef<std::optional<Stop>(ConstrainedEvaluations&, ConstrainedIterate&)> step,
    FunctionRef<bool(ConstrainedEvaluations&, const ConstrainedIterate&)> settled,
    const ConstrainedOptions& options);

}  // namespace detail

/// Minimises f under constraints and bounds from x0, which need not satisfy them (it is moved into
/// the box), by `Sqp{}`, `LagrangeNewton{}` or `AugmentedLagrangian{}`.
///     L(x, multipliers) = f(x) + Σ multiplierᵢ gᵢ(x)
///
/// Pre:     x0 finite and not empty.   Throws: DomainError for x0 or a setting; DimensionError for
///          a box of another size; what the functions and the observer throw.
/// Returns: a point, always; read `status` before trusting it.
///          `converged`: the conditions of Karush, Kuhn and Tucker hold to the tolerances;
///          `second_order` says whether that is a minimum. `stalled`: no lower point was found; or
///          no point satisfies the constraints, and x has the least violation found. `divergent`: f
///          falls without end, or is −∞. `not_finite`: a function is NaN or infinite at x0, or
///          wherever a step leads. `suspicious`, `stopped`, `out_of_budget` as for `minimize`.
///          x is the point that met the tolerances, otherwise the best seen: the lowest of those
///          that satisfy the constraints, or the one that violates them least.
template <ConstrainedMethod M>
ConstrainedMinimum minimize(const ConstrainedProblem& problem, const VecRef& x0, const M& method,
                            const ConstrainedOptions& options = {}) {
  method.validate();
  std::optional<typename M::State> state;
  return detail::run_constrained(
      problem, x0, [&](const ConstrainedIterate& start) { state.emplace(method.init(start)); },
      [&](ConstrainedEvaluations& calls, ConstrainedIterate& now) {
        return method.step(*state, calls, now);
      },
      [&](ConstrainedEvaluations& calls, const ConstrainedIterate& now) {
        if constexpr (requires { method.settled(*state, calls, now); })
          return method.settled(*state, calls, now);
        return true;
      },
      options);
}

}  // namespace mathtool::opt
