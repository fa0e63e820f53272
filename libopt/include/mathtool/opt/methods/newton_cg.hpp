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

/// Truncated Newton: the equations of a Newton step are solved by conjugate gradients, no further
/// than they are worth, and f is lowered along the result. It needs products with the Hessian only.
///     H d ≈ −g,  ‖H d + g‖ ≤ min(1/2, √‖g‖) ‖g‖;   x ← P(x + t d)
/// t is 1, or shorter until f has fallen by a share `decrease` of what the slope says; a direction
/// of negative curvature is followed for as long as f falls. Products are those that f gives, of
/// its Hessian if it has one, else differences of gradients, one evaluation each. P is the
/// projection onto the box; variables at a bound against which the gradient pushes stand still.
///
/// Where the gradient is small enough and f gives second derivatives, it has not converged while a
/// Newton step promises more (as in `Trust`) or Lanczos steps find negative curvature: a saddle
/// point is left unless its downhill directions all escape them.
/// Cost:    some ten products an iteration; memory of a few vectors, n up to millions.
/// Ref:     Dembo & Steihaug, Truncated-Newton algorithms for large-scale unconstrained
///          optimization (1983); Nocedal & Wright, Numerical Optimization (2006), Algorithm 7.1.
struct NewtonCg {
  double decrease = 1e-4;  ///< in [0, 1)
  int max_products = 200;  ///< with the Hessian, an iteration, > 0

  static constexpr std::string_view name = "newton-cg";
  static constexpr std::string_view summary =
      "Newton's equations by conjugate gradients; many variables, products with the Hessian";
  static constexpr MethodKind kind = MethodKind::newton;
  static constexpr bool uses_hessian = true;
  static auto settings() {
    return std::array{
        Setting<NewtonCg>{"decrease", &NewtonCg::decrease, SettingRange::fraction,
                          "share of the slope by which f must fall"},
        Setting<NewtonCg>{"max_products", &NewtonCg::max_products, SettingRange::positive,
                          "products with the Hessian in one iteration"}};
  }

  struct State {
    Vec escape = {};         ///< a direction of negative curvature out of a stationary point
    bool slope_met = false;  ///< the gradient was small enough, but more was promised
    double start_value = 0;
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  bool settled(State& state, Evaluations& f, const Iterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
