#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/minimum.hpp"
#include "mathtool/opt/objective.hpp"
#include "mathtool/opt/rule_step.hpp"
#include "mathtool/opt/stopping.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// A method that evaluates f itself while it steps: line searches, trust regions, simplices.
/// Settings, and apart from them a state. `step` moves `now` on, keeps its invariant (value and
/// gradient are those of x) and keeps x in `f.box()`; it returns nothing, or why there is no next
/// step, and then leaves `now` at the last good point. `f` counts, rejects what is not finite by
/// returning NaN, and says by `exhausted()` that a search within the step should end. A method may
/// also have `settled(state, f, now)`, asked where the test on the gradient is met: whether it can
/// confirm that this is a minimum; and the members of `LoopTraits`.
template <class M>
concept Method = requires(const M& method, typename M::State& state, Evaluations& f, Iterate& now) {
  { method.init(std::as_const(now)) } -> std::same_as<typename M::State>;
  { method.step(state, f, now) } -> std::same_as<std::optional<Stop>>;
  method.validate();
};

struct MinimizeOptions {
  StoppingOptions stopping = {};
  Box box = {};  ///< iterates never leave it; x0 is moved into it
  std::function<Flow(const Iterate&)> observe = {};  ///< sees every iterate, first and last too
  bool keep_history = false;
};

/// What a method asks of the loop, by members of these names where it wants the other.
struct LoopTraits {
  bool uses_gradient = true;  ///< false: ∇f is never taken, iterates carry none
  /// Whether the method alone decides that it has converged, by returning a Stop. The loop then
  /// looks at target, budgets, divergence and the caller's wishes only.
  bool ends_itself = false;
};

template <class M>
constexpr LoopTraits loop_traits() {
  LoopTraits traits;
  if constexpr (requires { M::uses_gradient; }) traits.uses_gradient = M::uses_gradient;
  if constexpr (requires { M::ends_itself; }) traits.ends_itself = M::ends_itself;
  return traits;
}

namespace detail {

/// The one loop, whatever the method. `settled` is asked where the test on the gradient is met:
/// false goes on.
Minimum run_loop(Objective f, const VecRef& x0, FunctionRef<void(const Iterate&)> begin,
                 FunctionRef<std::optional<Stop>(Evaluations&, Iterate&)> step,
                 FunctionRef<bool(Evaluations&, const Iterate&)> settled, LoopTraits traits,
                 const MinimizeOptions& options);

}  // namespace detail

/// Minimises f from x0 by a method such as `Lbfgs{}` or a rule such as `Adam{}`.
///
/// Pre:     x0 finite and not empty.   Throws: DomainError for x0 or a setting; DimensionError for
///          a box of another size; what f and the observer throw.
/// Returns: a point, always; read `status` before trusting it.
///          `converged`: a tolerance or the target was met. `suspicious`: it was, but f is lower at
///          a point seen before, or next to the start, or f did not change as its gradient said.
///          `not_finite`: at x0; or 60 times after the last improvement a step had to be halved,
///          f being NaN or infinite at its end. `divergent`: f is −∞, or still falls at ‖x‖∞ >
///          1e20. `stalled`: the method found no lower point, or x did not change in 100
///          iterations. `stopped`, `out_of_budget`.
/// Cost:    that of the method; for a rule one evaluation an iteration.
template <Method M>
Minimum minimize(Objective f, const VecRef& x0, const M& method,
                 const MinimizeOptions& options = {}) {
  method.validate();
  std::optional<typename M::State> state;
  return detail::run_loop(
      f, x0, [&](const Iterate& start) { state.emplace(method.init(start)); },
      [&](Evaluations& calls, Iterate& now) { return method.step(*state, calls, now); },
      [&]([[maybe_unused]] Evaluations& calls, [[maybe_unused]] const Iterate& now) {
        if constexpr (requires { method.settled(*state, calls, now); })
          return method.settled(*state, calls, now);
        else
          return true;
      },
      loop_traits<M>(), options);
}

template <UpdateRule<double> Rule>
Minimum minimize(Objective f, const VecRef& x0, const Rule& rule,
                 const MinimizeOptions& options = {}) {
  rule.validate();
  std::optional<typename Rule::template State<double>> state;
  RuleStep guard;
  return detail::run_loop(
      f, x0, [&](const Iterate& start) { state.emplace(rule.init(start.x)); },
      [&](Evaluations& calls, Iterate& now) {
        // A schedule that waits for progress hears of the value.
        if constexpr (requires { rule.observe(*state, now.value); })
          rule.observe(*state, now.value);
        return guard.step([&](Vec& x) { rule.step(*state, now.gradient, x); }, calls, now);
      },
      [](Evaluations&, const Iterate&) { return true; }, LoopTraits{}, options);
}

}  // namespace mathtool::opt
