#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Adam: each coordinate moves by its mean gradient over its root mean square, both with a fading
/// memory whose start at zero is corrected for. The first step has length η.
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
///     x ← x − η · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
/// State:   m, v.
/// Ref:     Kingma & Ba, Adam: a method for stochastic optimization (2015), Algorithm 1.
struct Adam {
  double learning_rate = 1e-3;  ///< η > 0
  double beta1 = 0.9;           ///< β₁ in [0, 1)
  double beta2 = 0.999;         ///< β₂ in [0, 1)
  double epsilon = 1e-8;        ///< ε > 0

  static constexpr std::string_view name = "adam";
  static constexpr std::string_view summary =
      "mean gradient over its root mean square, corrected at the start";
  static auto settings() {
    return std::array{
        Setting<Adam>{"learning_rate", &Adam::learning_rate, SettingRange::positive,
                      "length of a step, in units of x"},
        Setting<Adam>{"beta1", &Adam::beta1, SettingRange::fraction, "memory of the mean gradient"},
        Setting<Adam>{"beta2", &Adam::beta2, SettingRange::fraction, "memory of the mean square"},
        Setting<Adam>{"epsilon", &Adam::epsilon, SettingRange::positive,
                      "added to the root, against division by 0"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return blank_state<typename D::Scalar>(x.size(), 2);
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
