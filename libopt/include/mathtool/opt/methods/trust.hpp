#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Newton's method in a trust region: each step goes to the least value of the quadratic model
/// within a radius that grows while the model tells f well and shrinks where it does not.
///     minimise  gᵀs + sᵀH s / 2   over  ‖s‖₂ ≤ Δ
/// Exactly up to `dense` variables, by conjugate gradients (Steihaug) beyond. A variable that a
/// step takes beyond its bound is held there and the others are solved for again. However small the
/// gradient, it has not converged while the model promises more than
///     max(1e3 τ² |f|, 1e-4 τ² |f − f at the start|),   τ = gradient_tol
/// so that it goes on in flat valleys, and leaves maxima and saddle points along negative
/// curvature, also where the gradient is 0 (beyond `dense` where f gives second derivatives).
///
/// H is the Hessian that f gives, else products with it, else n differences of gradients.
/// Returns: `converged` also where the model promises less than the rounding of f. A minimum, which
///          may be a local one: of Rosenbrock's function of 100 variables from (−1.2, 1, 1, ...) it
///          finds 3.9866 instead of 0, as every method does that follows the Hessian closely.
/// Cost:    one evaluation with gradient a trial; one Hessian an iteration and n³.
/// Ref:     Moré & Sorensen (1983); Conn, Gould & Toint, Trust-Region Methods (2000).
struct Trust {
  double radius = 1;  ///< of the first region, relative to ‖x‖ (to √n where x = 0), > 0
  double accept =
      1e-4;         ///< a step counts when f falls by this share of what the model says, [0, 1)
  int dense = 200;  ///< up to so many variables the region's problem is solved exactly, ≥ 0

  static constexpr std::string_view name = "trust";
  static constexpr std::string_view summary =
      "Newton within a trust region; few variables, exact Hessian, saddle points";
  static constexpr MethodKind kind = MethodKind::newton;
  static constexpr bool uses_hessian = true;
  static auto settings() {
    return std::array{Setting<Trust>{"radius", &Trust::radius, SettingRange::positive,
                                     "of the first region, relative to x"},
                      Setting<Trust>{"accept", &Trust::accept, SettingRange::fraction,
                                     "share of the promised fall of f that makes a step count"},
                      Setting<Trust>{"dense", &Trust::dense, SettingRange::not_negative,
                                     "variables up to which each step is solved for exactly"}};
  }

  struct State {
    double radius = 0;
    Vec escape = {};   ///< a direction of negative curvature out of a stationary point
    Mat hessian = {};  ///< at the current point, if `known`
    bool known = false;
    bool slope_met = false;  ///< the gradient was small enough, but more was promised
    int hidden = 0;          ///< steps in a row whose fall rounding hides
    double start_value = 0;
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  bool settled(State& state, Evaluations& f, const Iterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
