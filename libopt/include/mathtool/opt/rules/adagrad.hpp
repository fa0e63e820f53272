#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Adagrad: each coordinate's rate falls with the squares of all its gradients, so that rare ones
/// keep a large rate.
///     s ← s + g²
///     x ← x − η / (1 + (t − 1) δ) · g / (√s + ε)
/// The paper has no δ.
/// State:   s.
/// Ref:     Duchi, Hazan & Singer, Adaptive subgradient methods (2011), Figure 1.
struct Adagrad {
  double learning_rate = 1e-2;  ///< η > 0
  double rate_decay = 0;        ///< δ ≥ 0
  double initial_sum = 0;       ///< s before the first step, ≥ 0
  double epsilon = 1e-10;       ///< ε > 0

  static constexpr std::string_view name = "adagrad";
  static constexpr std::string_view summary = "a rate for each coordinate, from all its gradients";
  static auto settings() {
    return std::array{
        Setting<Adagrad>{"learning_rate", &Adagrad::learning_rate, SettingRange::positive,
                         "length of a step, in units of x"},
        Setting<Adagrad>{"rate_decay", &Adagrad::rate_decay, SettingRange::not_negative,
                         "how fast the rate falls with the steps"},
        Setting<Adagrad>{"initial_sum", &Adagrad::initial_sum, SettingRange::not_negative,
                         "sum of squares at the start"},
        Setting<Adagrad>{"epsilon", &Adagrad::epsilon, SettingRange::positive,
                         "added to the root, against division by 0"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    auto state = blank_state<typename D::Scalar>(x.size(), 1);
    state.memory[0].setConstant(static_cast<typename D::Scalar>(initial_sum));
    return state;
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
