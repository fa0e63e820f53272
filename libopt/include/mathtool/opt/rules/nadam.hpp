#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// NAdam: Adam with Nesterov's look-ahead in its mean, whose weight grows with the steps.
///     μₜ = β₁ (1 − ½ · 0.96^(t ψ)),   Mₜ = μ₁ ⋯ μₜ,   m, v as in Adam
///     x ← x − η ((1 − μₜ) g / (1 − Mₜ) + μₜ₊₁ m / (1 − Mₜ μₜ μₜ₊₁)) / (√(v / (1 − β₂ᵗ)) + ε)
/// The paper, and PyTorch's own documentation, have Mₜ μₜ₊₁ where PyTorch 1.13 computes Mₜ μₜ μₜ₊₁.
/// PyTorch keeps Mₜ in single precision unless its default type is double: the 8th digit differs.
/// State:   m, v; Mₜ.
/// Ref:     Dozat, Incorporating Nesterov momentum into Adam (2016), Algorithm 2.
struct NAdam {
  double learning_rate = 2e-3;   ///< η > 0
  double beta1 = 0.9;            ///< β₁ in [0, 1)
  double beta2 = 0.999;          ///< β₂ in [0, 1)
  double epsilon = 1e-8;         ///< ε > 0
  double momentum_decay = 4e-3;  ///< ψ ≥ 0

  static constexpr std::string_view name = "nadam";
  static constexpr std::string_view summary = "Adam with Nesterov's look-ahead";
  static auto settings() {
    return std::array{
        Setting<NAdam>{"learning_rate", &NAdam::learning_rate, SettingRange::positive,
                       "length of a step, in units of x"},
        Setting<NAdam>{"beta1", &NAdam::beta1, SettingRange::fraction,
                       "memory of the mean gradient"},
        Setting<NAdam>{"beta2", &NAdam::beta2, SettingRange::fraction, "memory of the mean square"},
        Setting<NAdam>{"epsilon", &NAdam::epsilon, SettingRange::positive,
                       "added to the root, against division by 0"},
        Setting<NAdam>{"momentum_decay", &NAdam::momentum_decay, SettingRange::not_negative,
                       "how fast the look-ahead gains weight"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    auto state = blank_state<typename D::Scalar>(x.size(), 2);
    state.numbers = {1.0};
    return state;
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
