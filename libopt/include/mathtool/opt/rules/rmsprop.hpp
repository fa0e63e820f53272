#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// RMSProp: the gradient over its root mean square, with a fading memory.
///     s ← α s + (1 − α) g²,   a ← α a + (1 − α) g
///     r = √s + ε,   or √(s − a²) + ε if `centered`
///     x ← x − η g / r;   with momentum v ← μ v + g / r,   x ← x − η v
/// Hinton's slide has no ε, TensorFlow and Graves have it below the root; PyTorch and this, beside.
/// State:   s; a if `centered`; v where μ > 0.
/// Ref:     Tieleman & Hinton, Neural Networks for Machine Learning, lecture 6.5 (2012); Graves,
///          Generating sequences with recurrent neural networks (2013), equations 38 to 45.
struct RmsProp {
  double learning_rate = 1e-2;  ///< η > 0
  double alpha = 0.99;          ///< α in [0, 1)
  double epsilon = 1e-8;        ///< ε > 0
  double momentum = 0;          ///< μ in [0, 1)
  bool centered = false;        ///< variance instead of mean square

  static constexpr std::string_view name = "rmsprop";
  static constexpr std::string_view summary = "the gradient over its root mean square";
  static auto settings() {
    return std::array{Setting<RmsProp>{"learning_rate", &RmsProp::learning_rate,
                                       SettingRange::positive, "length of a step, in units of x"},
                      Setting<RmsProp>{"alpha", &RmsProp::alpha, SettingRange::fraction,
                                       "memory of the mean square"},
                      Setting<RmsProp>{"epsilon", &RmsProp::epsilon, SettingRange::positive,
                                       "added to the root, against division by 0"},
                      Setting<RmsProp>{"momentum", &RmsProp::momentum, SettingRange::fraction,
                                       "share of the velocity that is kept"},
                      Setting<RmsProp>{"centered",
                                       &RmsProp::centered,
                                       {},
                                       "divide by the standard deviation of the gradient"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return blank_state<typename D::Scalar>(x.size(),
                                           1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0));
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
