#pragma once

#include <cmath>
#include <cstdint>

#include "mathtool/math/error.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Adam: each coordinate moves by its mean gradient over its root mean square, both with a fading
/// memory whose start at zero is corrected for. The first step has length η.
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
///     x ← x − η · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
/// Ref: Kingma & Ba, Adam: a method for stochastic optimization (2015), Algorithm 1.
struct Adam {
  double learning_rate = 1e-3;  ///< η > 0, in units of x
  double beta1 = 0.9;           ///< memory of the mean, in [0, 1)
  double beta2 = 0.999;         ///< memory of the square, in [0, 1)
  double epsilon = 1e-8;        ///< ε > 0

  template <std::floating_point T>
  struct State {
    Parameters<T> mean, square;
    std::int64_t steps = 0;
  };

  template <std::floating_point T>
  State<T> init(const Parameters<T>& x) const {
    return {Parameters<T>::Zero(x.size()), Parameters<T>::Zero(x.size()), 0};
  }

  template <std::floating_point T>
  void step(State<T>& state, const Parameters<T>& gradient, Parameters<T>& x) const {
    const double t = static_cast<double>(++state.steps);
    // Differences from 1 are taken in double: 1 - 0.999f has lost half of its digits.
    const T b1 = static_cast<T>(beta1), rest1 = static_cast<T>(1 - beta1);
    const T b2 = static_cast<T>(beta2), rest2 = static_cast<T>(1 - beta2);
    const T rate = static_cast<T>(learning_rate / (1 - std::pow(beta1, t)));
    const T scale = static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t)));
    state.mean = b1 * state.mean + rest1 * gradient;
    state.square = b2 * state.square + rest2 * gradient.cwiseAbs2();
    x.array() -=
        rate * state.mean.array() / (scale * state.square.array().sqrt() + static_cast<T>(epsilon));
  }

  void validate() const {
    require(learning_rate > 0, "Adam: learning_rate must be > 0, got {}", learning_rate);
    require(0 <= beta1 && beta1 < 1, "Adam: beta1 must be in [0, 1), got {}", beta1);
    require(0 <= beta2 && beta2 < 1, "Adam: beta2 must be in [0, 1), got {}", beta2);
    require(epsilon > 0, "Adam: epsilon must be > 0, got {}", epsilon);
  }
};

}  // namespace mathtool::opt
