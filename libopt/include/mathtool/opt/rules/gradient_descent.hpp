#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Gradient descent with a fixed rate.
///     x ← x − η g
/// Ref: Cauchy, Méthode générale pour la résolution des systèmes d'équations (1847); Nesterov,
///      Introductory Lectures on Convex Optimization (2004), §1.2.3.
struct GradientDescent {
  double learning_rate = 1e-2;  ///< η > 0

  static constexpr std::string_view name = "gd";
  static constexpr std::string_view summary = "against the gradient, by a fixed rate";
  static auto settings() {
    return std::array{Setting<GradientDescent>{"learning_rate", &GradientDescent::learning_rate,
                                               SettingRange::positive,
                                               "length of a step, in units of x"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return blank_state<typename D::Scalar>(x.size(), 0);
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
