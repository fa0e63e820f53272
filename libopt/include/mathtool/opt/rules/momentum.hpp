#pragma once

#include "mathtool/math/error.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Gradient descent with a velocity that remembers past gradients (the heavy ball).
///     v ← μ v + g,   x ← x − η v,   v₀ = 0
/// Ref: Polyak, Some methods of speeding up the convergence of iteration methods (1964).
struct Momentum {
  double learning_rate = 1e-2;  ///< η > 0
  double momentum = 0.9;        ///< μ, in [0, 1)

  template <std::floating_point T>
  struct State {
    Parameters<T> velocity;
  };

  template <std::floating_point T>
  State<T> init(const Parameters<T>& x) const {
    return {Parameters<T>::Zero(x.size())};
  }

  template <std::floating_point T>
  void step(State<T>& state, const Parameters<T>& gradient, Parameters<T>& x) const {
    state.velocity = static_cast<T>(momentum) * state.velocity + gradient;
    x -= static_cast<T>(learning_rate) * state.velocity;
  }

  void validate() const {
    require(learning_rate > 0, "Momentum: learning_rate must be > 0, got {}", learning_rate);
    require(0 <= momentum && momentum < 1, "Momentum: momentum must be in [0, 1), got {}",
            momentum);
  }
};

}  // namespace mathtool::opt
