#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/minimize.hpp"
#include "mathtool/opt/rules/settings.hpp"

namespace mathtool::opt {

/// Newton's method for the equations of Lagrange, in x and the multipliers at once:
///     ∇f(x) + Σ λᵢ ∇gᵢ(x) = 0,   gᵢ(x) = 0
///     ( H  Jᵀ ) ( Δx )     ( ∇L )
///     ( J  0  ) ( Δλ ) = − ( g  )
/// It finds stationary points of any kind, maxima and saddles as well as minima; the verdict
/// names them. Inequalities and bounds join the equations while they are active: one that is
/// violated is added, one whose multiplier comes out < 0 is dropped when the others are solved.
/// A step is halved until the equations are closer to solved.
///
/// Needs exact second derivatives.   Ref: Nocedal & Wright, Numerical Optimization (2006), §18.1.
struct LagrangeNewton {
  double decrease = 1e-4;  ///< share of the residual that a full step must take away, in [0, 1)

  static constexpr std::string_view name = "lagrange";
  static constexpr std::string_view summary =
      "Newton for the equations of Lagrange: any stationary point";
  static auto settings() {
    return std::array{Setting<LagrangeNewton>{"decrease", &LagrangeNewton::decrease,
                                              SettingRange::fraction,
                                              "share of the residual that a step must take away"}};
  }

  struct State {
    std::vector<std::uint8_t> working = {};  ///< m: constraints among the equations
    std::vector<std::int8_t> fixed = {};     ///< n: −1 at the lower bound, 1 at the upper, 0 free
    int changes = 0;                         ///< of both so far
    bool begun = false;
    double scale = 0;  ///< residual at the start
  };

  State init(const ConstrainedIterate& start) const;
  std::optional<Stop> step(State& state, ConstrainedEvaluations& f, ConstrainedIterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
