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

/// Nonlinear conjugate gradients of Hager and Zhang: directions that descend whatever the search
/// does, in memory for a few vectors.
///     d ← −g + β d,   β = max(η, (y − 2 d yᵀy / dᵀy)ᵀ g / dᵀy),   η = 0.4 dᵀg₀ / dᵀd
/// with y = g − g₀, g₀ the gradient before the step. It begins anew, from −g, every 6 n + 10 steps
/// and whenever other variables are held at a bound of the box: those do not take part in d, and a
/// step that would cross bounds follows the projected line (see `descend`).
///
/// Cost:    about 2 evaluations and 12 n flops an iteration.
/// Ref:     Hager & Zhang, A new conjugate gradient method with guaranteed descent and an efficient
///          line search (2005), (1.6); The limited memory conjugate gradient method (2013), (2.9).
struct Cg {
  double decrease = 1e-4;   ///< c₁ of the search, in (0, 1/2)
  double curvature = 0.25;  ///< c₂ of the search, in (c₁, 1)

  static constexpr std::string_view name = "cg";
  static constexpr std::string_view summary = "conjugate gradients, for any size in least memory";
  static auto settings() {
    return std::array{Setting<Cg>{"decrease", &Cg::decrease, SettingRange::fraction,
                                  "share of the promised decrease that a step must bring"},
                      Setting<Cg>{"curvature", &Cg::curvature, SettingRange::fraction,
                                  "share of the slope that may be left after a step"}};
  }

  struct State {
    std::int64_t since_restart = 0;  ///< steps; 0: the next direction is −g
    double last_slope = 0, last_step = 0;
    Vec direction = {}, y = {};
    FreeVariables free = {};
    LinePoint found = {};
  };

  State init(const Iterate&) const { return {}; }
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
