#pragma once

#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Penalties that pull parameters towards 0.
///     L2: g ← g + λ₂ x, the gradient of λ₂ ‖x‖² / 2: `weight_decay` of PyTorch's rules
///     L1: g ← g + λ₁ sign x, a subgradient of λ₁ ‖x‖₁
///     decoupled: x ← (1 − η λ) x before the step, which a rule that scales gradients does not see
/// None of them is part of the value of f.
struct Penalty {
  double l1 = 0;         ///< λ₁ ≥ 0
  double l2 = 0;         ///< λ₂ ≥ 0
  double decoupled = 0;  ///< λ ≥ 0

  void validate() const;

  /// Adds L1 and L2.
  template <std::floating_point T>
  void add_to(ParametersRef<T> gradient, ConstParametersRef<T> x) const;

  /// Takes the decoupled decay of one step.
  template <std::floating_point T>
  void decay(double learning_rate, ParametersRef<T> x) const;
};

}  // namespace mathtool::opt
