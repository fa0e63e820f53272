#pragma once

#include <limits>

#include "mathtool/opt/clipping.hpp"
#include "mathtool/opt/penalty.hpp"
#include "mathtool/opt/schedule.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// A rule with all that goes around it when it minimises or trains: a schedule of its learning
/// rate, clipping of the gradient, penalties. It is a rule itself, so that
///     minimize(f, x0, Descent{.rule = Adam{}, .schedule = parse_schedule("cosine", 1000)})
/// needs nothing new. Each step, in PyTorch's order: clip, add L1 and L2, decay, the rule's step.
template <class Rule>
struct Descent {
  Rule rule = {};
  Schedule schedule = {};
  Clipping clipping = {};
  Penalty penalty = {};

  template <std::floating_point T>
  struct State {
    typename Rule::template State<T> rule = {};
    ScheduleState schedule = {};
    double value = std::numeric_limits<double>::quiet_NaN();  ///< since the last step; NaN: none
    Parameters<T> gradient = {};                              ///< room for the one that was changed
  };

  template <class D>
  State<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return {.rule = rule.init(x)};
  }

  /// The learning rate of the step to come.
  template <std::floating_point T>
  double rate(const State<T>& state) const {
    return schedule.rate(rule.learning_rate, state.schedule);
  }

  /// Tells the value of f at x, for a plateau, which counts the steps before which it was told:
  /// every one, or the last of each epoch.
  template <std::floating_point T>
  void observe(State<T>& state, double value) const {
    state.value = value;
  }

  template <std::floating_point T>
  void step(State<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
    Rule now = rule;
    now.learning_rate = rate(state);
    const bool changed = clipping.active() || penalty.l1 > 0 || penalty.l2 > 0;
    if (changed) {
      state.gradient = gradient;
      clipping.apply<T>(state.gradient);
      penalty.add_to<T>(state.gradient, x);
    }
    penalty.decay<T>(now.learning_rate, x);
    if (changed)
      now.step(state.rule, state.gradient, x);
    else
      now.step(state.rule, gradient, x);
    schedule.advance(rule.learning_rate, state.value, state.schedule);
    state.value = std::numeric_limits<double>::quiet_NaN();
  }

  void validate() const {
    rule.validate();
    schedule.validate();
    clipping.validate();
    penalty.validate();
  }
};

}  // namespace mathtool::opt
