#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Gradient descent with a velocity that remembers past gradients: the heavy ball, `SGD` with
/// momentum in PyTorch.
///     v ← μ v + g,   x ← x − η v
/// State:   v.
/// Ref:     Polyak, Some methods of speeding up the convergence of iteration methods (1964).
struct Momentum {
  double learning_rate = 1e-2;  ///< η > 0
  double momentum = 0.9;        ///< μ in [0, 1)

  static constexpr std::string_view name = "momentum";
  static constexpr std::string_view summary = "gradient descent with a velocity (the heavy ball)";
  static auto settings() {
    return std::array{Setting<Momentum>{"learning_rate", &Momentum::learning_rate,
                                        SettingRange::positive, "length of a step, in units of x"},
                      Setting<Momentum>{"momentum", &Momentum::momentum, SettingRange::fraction,
                                        "share of the velocity that is kept"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return blank_state<typename D::Scalar>(x.size(), 1);
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
