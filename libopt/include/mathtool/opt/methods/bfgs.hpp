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

/// BFGS: a dense approximation H of the inverse Hessian, improved after every step s = Δx with
/// y = Δ∇f; for smooth functions of up to some thousand variables.
///     H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ,   ρ = 1 / sᵀy;   first H = (sᵀy / yᵀy) I
/// Pairs whose curvature sᵀy is not above its own rounding change nothing. In a box the direction
/// is that of the free variables F, the others, A, being held:
///     d = −(H_FF − H_FA H_AA⁻¹ H_AF) ∇f_F,   the inverse of the free part of H⁻¹
/// and a step that would cross bounds follows the projected line (see `descend`).
///
/// Cost:    4 n² flops an iteration beside the evaluations, n² numbers; with a variables held
///          a³ / 3 more.
/// Ref:     Nocedal & Wright, Numerical Optimization (2006), Algorithm 6.1, (6.20).
struct Bfgs {
  double decrease = 1e-4;  ///< c₁ of the search, in (0, 1/2)
  double curvature = 0.9;  ///< c₂ of the search, in (c₁, 1)

  static constexpr std::string_view name = "bfgs";
  static constexpr std::string_view summary =
      "quasi-Newton with a dense matrix, for up to some thousand variables";
  static auto settings() {
    return std::array{Setting<Bfgs>{"decrease", &Bfgs::decrease, SettingRange::fraction,
                                    "share of the promised decrease that a step must bring"},
                      Setting<Bfgs>{"curvature", &Bfgs::curvature, SettingRange::fraction,
                                    "share of the slope that may be left after a step"}};
  }

  struct State {
    Mat H = {};  ///< n × n, its lower triangle; empty before the first step
    Vec direction = {}, s = {}, y = {}, Hy = {};
    FreeVariables free = {};
    LinePoint found = {};
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
