#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// AdamW: Adam, and apart from the gradient a decay of the parameters.
///     x ← (1 − η λ) x,   then as Adam
/// In the paper the schedule alone multiplies λ; here, as in PyTorch, the whole learning rate does.
/// State:   m, v.
/// Ref:     Loshchilov & Hutter, Decoupled weight decay regularization (2019), Algorithm 2.
struct AdamW {
  double learning_rate = 1e-3;  ///< η > 0
  double beta1 = 0.9;           ///< β₁ in [0, 1)
  double beta2 = 0.999;         ///< β₂ in [0, 1)
  double epsilon = 1e-8;        ///< ε > 0
  double weight_decay = 1e-2;   ///< λ ≥ 0

  static constexpr std::string_view name = "adamw";
  static constexpr std::string_view summary =
      "Adam with decay of the parameters apart from the gradient";
  static auto settings() {
    return std::array{
        Setting<AdamW>{"learning_rate", &AdamW::learning_rate, SettingRange::positive,
                       "length of a step, in units of x"},
        Setting<AdamW>{"beta1", &AdamW::beta1, SettingRange::fraction,
                       "memory of the mean gradient"},
        Setting<AdamW>{"beta2", &AdamW::beta2, SettingRange::fraction, "memory of the mean square"},
        Setting<AdamW>{"epsilon", &AdamW::epsilon, SettingRange::positive,
                       "added to the root, against division by 0"},
        Setting<AdamW>{"weight_decay", &AdamW::weight_decay, SettingRange::not_negative,
                       "share of x lost in a step of rate 1"}};
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
