#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/free_variables.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/line_search/more_thuente.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Steepest descent with a line search: `gd` that finds its own rate. To see how slow it is where f
/// is ill-conditioned; CG takes the same steps and remembers the last one.
///     x ← P(x − α ∇f),   α by Armijo's rule, or by the strong Wolfe conditions with `wolfe`
/// The first α of a step is the one of the last, times the ratio of the slopes. In a box the
/// direction leaves out variables held at a bound, and steps follow the projected line.
///
/// Cost:    1 to 2 evaluations an iteration; iterations grow with the condition of the Hessian.
/// Ref:     Nocedal & Wright, Numerical Optimization (2006), Algorithm 3.1, (3.60); Bertsekas, On
///          the Goldstein-Levitin-Polyak gradient projection method (1976).
struct SteepestDescent {
  bool wolfe = false;      ///< false: Armijo's rule; true: Moré and Thuente's search
  double decrease = 1e-4;  ///< c₁ of the search, in (0, 1/2)
  double curvature = 0.1;  ///< c₂ of Wolfe's search, in (c₁, 1)

  static constexpr std::string_view name = "steepest-descent";
  static constexpr std::string_view summary = "against the gradient, as far as a line search goes";
  static auto settings() {
    return std::array{
        Setting<SteepestDescent>{"wolfe", &SteepestDescent::wolfe, SettingRange::positive,
                                 "search for a step that leaves little slope, not just one that "
                                 "is short enough"},
        Setting<SteepestDescent>{"decrease", &SteepestDescent::decrease, SettingRange::fraction,
                                 "share of the promised decrease that a step must bring"},
        Setting<SteepestDescent>{"curvature", &SteepestDescent::curvature, SettingRange::fraction,
                                 "share of the slope that may be left after a step"}};
  }

  struct State {
    double promised = 0;  ///< α ∇fᵀd of the last step
    Vec direction = {};
    FreeVariables free = {};
    LinePoint found = {};
  };

  State init(const Iterate&) const { return {}; }
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
