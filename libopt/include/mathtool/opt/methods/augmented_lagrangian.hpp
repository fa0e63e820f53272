#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/minimize.hpp"
#include "mathtool/opt/methods/lbfgsb.hpp"
#include "mathtool/opt/rules/settings.hpp"

namespace mathtool::opt {

/// Augmented Lagrangian: a sequence of problems with bounds alone, each solved by L-BFGS-B,
///     min f + Σ ρ/2 (gᵢ + λᵢ/ρ)²  over equalities  + Σ ρ/2 max(0, gᵢ + λᵢ/ρ)²  over inequalities
/// with the multipliers moved by what is violated after each, λᵢ ← λᵢ + ρ gᵢ, not below 0 for
/// inequalities; ρ grows tenfold where the violation did not fall to a quarter. No system of
/// equations is solved and no second derivative is needed, hence for many variables. Constraints
/// enter in units of their gradients at the start.
///
/// Cost:    memory m n for the gradients of the constraints.
/// Ref:     Nocedal & Wright, Numerical Optimization (2006), algorithm 17.4; Birgin & Martínez,
///          Practical augmented Lagrangian methods for constrained optimization (2014).
struct AugmentedLagrangian {
  double growth = 10;      ///< of ρ, > 0; above 1
  double progress = 0.25;  ///< share of the violation that may be left before ρ grows, in [0, 1)
  Lbfgsb inner = {};

  static constexpr std::string_view name = "auglag";
  static constexpr std::string_view summary =
      "penalties with multipliers, for many variables and constraints";
  static auto settings() {
    return std::array{
        Setting<AugmentedLagrangian>{"growth", &AugmentedLagrangian::growth, SettingRange::positive,
                                     "factor by which a penalty grows"},
        Setting<AugmentedLagrangian>{"progress", &AugmentedLagrangian::progress,
                                     SettingRange::fraction,
                                     "share of the violation that may be left before it does"}};
  }

  struct State {
    double penalty = 0;    ///< ρ
    double tolerance = 0;  ///< of the next inner problem
    double violated = 0;   ///< after the last one
    Vec units = {};        ///< m
  };

  State init(const ConstrainedIterate& start) const;
  std::optional<Stop> step(State& state, ConstrainedEvaluations& f, ConstrainedIterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
