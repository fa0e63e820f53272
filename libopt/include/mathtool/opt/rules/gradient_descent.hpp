#pragma once

#include "mathtool/math/error.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Gradient descent with a fixed rate.
///     x ← x − η g
/// Ref: Cauchy (1847); Nesterov, Introductory Lectures on Convex Optimization (2004), §1.2.3.
struct GradientDescent {
  double learning_rate = 1e-2;  ///< η > 0

  template <std::floating_point T>
  struct State {};

  template <std::floating_point T>
  State<T> init(const Parameters<T>&) const {
    return {};
  }

  template <std::floating_point T>
  void step(State<T>&, const Parameters<T>& gradient, Parameters<T>& x) const {
    x -= static_cast<T>(learning_rate) * gradient;
  }

  void validate() const {
    require(learning_rate > 0, "GradientDescent: learning_rate must be > 0, got {}", learning_rate);
  }
};

}  // namespace mathtool::opt
