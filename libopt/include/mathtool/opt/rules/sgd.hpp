#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Stochastic gradient descent with all that PyTorch's `SGD` has: the plain step, which is that of
/// GradientDescent; a velocity; Nesterov's look-ahead.
///     v ← μ v + (1 − τ) g, in the first step v ← g
///     x ← x − η v,   or x ← x − η (g + μ v) with `nesterov`
/// Sutskever and others have the rate within the velocity, v ← μ v − η g: the same path as long as
/// η does not change.
/// State:   v, where μ > 0.
/// Ref:     Robbins & Monro, A stochastic approximation method (1951); Sutskever, Martens, Dahl &
///          Hinton, On the importance of initialization and momentum in deep learning (2013).
struct Sgd {
  double learning_rate = 1e-2;  ///< η > 0
  double momentum = 0;          ///< μ in [0, 1)
  double dampening = 0;         ///< τ in [0, 1)
  bool nesterov = false;        ///< look ahead along v

  static constexpr std::string_view name = "sgd";
  static constexpr std::string_view summary =
      "stochastic gradient descent with momentum, dampening, look-ahead";
  static auto settings() {
    return std::array{
        Setting<Sgd>{"learning_rate", &Sgd::learning_rate, SettingRange::positive,
                     "length of a step, in units of x"},
        Setting<Sgd>{"momentum", &Sgd::momentum, SettingRange::fraction,
                     "share of the velocity that is kept"},
        Setting<Sgd>{"dampening", &Sgd::dampening, SettingRange::fraction,
                     "share of the gradient that the velocity does not take"},
        Setting<Sgd>{"nesterov", &Sgd::nesterov, {}, "take the gradient where the velocity leads"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return blank_state<typename D::Scalar>(x.size(), momentum > 0 ? 1 : 0);
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
