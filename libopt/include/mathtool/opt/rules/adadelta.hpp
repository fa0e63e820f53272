#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Adadelta: steps in the units of x, from the root mean squares of recent steps and gradients.
///     s ← ρ s + (1 − ρ) g²
///     d = √(u + ε) / √(s + ε) · g,   u ← ρ u + (1 − ρ) d²
///     x ← x − η d
/// The paper has no η; 1 leaves its rule.
/// State:   s, u.
/// Ref:     Zeiler, ADADELTA: an adaptive learning rate method (2012), Algorithm 1.
struct Adadelta {
  double learning_rate = 1;  ///< η > 0
  double rho = 0.9;          ///< ρ in [0, 1)
  double epsilon = 1e-6;     ///< ε > 0

  static constexpr std::string_view name = "adadelta";
  static constexpr std::string_view summary =
      "steps as long as the recent ones, without a rate to choose";
  static auto settings() {
    return std::array{Setting<Adadelta>{"learning_rate", &Adadelta::learning_rate,
                                        SettingRange::positive, "length of a step, in units of x"},
                      Setting<Adadelta>{"rho", &Adadelta::rho, SettingRange::fraction,
                                        "memory of the mean squares"},
                      Setting<Adadelta>{"epsilon", &Adadelta::epsilon, SettingRange::positive,
                                        "added below the roots; sets the first step"}};
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
