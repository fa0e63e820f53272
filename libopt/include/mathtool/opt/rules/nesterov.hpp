#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Momentum with Nesterov's look-ahead, as `SGD(nesterov=True)` of PyTorch computes it: x is the
/// point that the velocity leads to, where the gradient is taken.
///     v ← μ v + g,   x ← x − η (g + μ v)
/// Nesterov's own method lets μ grow with the steps, (k − 1) / (k + 2); here it is fixed.
/// State:   v.
/// Ref:     Nesterov, A method of solving a convex programming problem with convergence rate
///          O(1/k²) (1983); Bengio, Boulanger-Lewandowski & Pascanu (2013), section 3.5.
struct Nesterov {
  double learning_rate = 1e-2;  ///< η > 0
  double momentum = 0.9;        ///< μ in [0, 1)

  static constexpr std::string_view name = "nesterov";
  static constexpr std::string_view summary = "momentum that looks ahead";
  static auto settings() {
    return std::array{Setting<Nesterov>{"learning_rate", &Nesterov::learning_rate,
                                        SettingRange::positive, "length of a step, in units of x"},
                      Setting<Nesterov>{"momentum", &Nesterov::momentum, SettingRange::fraction,
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
