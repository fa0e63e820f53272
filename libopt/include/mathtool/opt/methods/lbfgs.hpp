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

/// L-BFGS: the direction of BFGS from the last m pairs s = Δx, y = Δ∇f alone, in memory 2 m n; for
/// smooth functions of up to millions of variables.
///     d = −H ∇f by two loops over the pairs, from H₀ = (sᵀy / yᵀy) I of the last one
/// Pairs whose curvature sᵀy is not above its own rounding are left out. In a box the pairs are
/// those of the free variables, and a step that would cross bounds follows the projected line (see
/// `descend`); where many bounds matter, `Lbfgsb` sees them coming.
///
/// Cost:    4 m n flops beside the evaluations, in 2 m passes over memory.
/// Ref:     Liu & Nocedal, On the limited memory BFGS method for large scale optimization (1989);
///          Nocedal & Wright, Numerical Optimization (2006), Algorithm 7.4.
struct Lbfgs {
  int memory = 10;         ///< m ≥ 1
  double decrease = 1e-4;  ///< c₁ of the search, in (0, 1/2)
  double curvature = 0.9;  ///< c₂ of the search, in (c₁, 1)

  static constexpr std::string_view name = "lbfgs";
  static constexpr std::string_view summary = "quasi-Newton from the last steps, for any size";
  static auto settings() {
    return std::array{
        Setting<Lbfgs>{"memory", &Lbfgs::memory, SettingRange::positive, "steps remembered"},
        Setting<Lbfgs>{"decrease", &Lbfgs::decrease, SettingRange::fraction,
                       "share of the promised decrease that a step must bring"},
        Setting<Lbfgs>{"curvature", &Lbfgs::curvature, SettingRange::fraction,
                       "share of the slope that may be left after a step"}};
  }

  struct State {
    Mat s = {}, y = {};  ///< n × m, the newest in column (next + m − 1) mod m
    Vec rho = {};        ///< 1 / sᵀy
    Index next = 0, count = 0;
    double scale = 1;  ///< sᵀy / yᵀy of the newest pair
    Vec direction = {}, weights = {};
    FreeVariables free = {};
    LinePoint found = {};
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
