#pragma once

#include <array>
#include <string_view>

#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// AMSGrad: Adam with the largest mean square so far in place of the present one, so that no rate
/// grows and convex problems converge.
///     m, v as in Adam,   w ← max(w, v)
///     x ← x − η · m / (1 − β₁ᵗ) / (√(w / (1 − β₂ᵗ)) + ε)
/// The paper corrects neither mean for its start; PyTorch and this do, after the maximum.
/// State:   m, v, w.
/// Ref:     Reddi, Kale & Kumar, On the convergence of Adam and beyond (2018), Algorithm 2.
struct AmsGrad {
  double learning_rate = 1e-3;  ///< η > 0
  double beta1 = 0.9;           ///< β₁ in [0, 1)
  double beta2 = 0.999;         ///< β₂ in [0, 1)
  double epsilon = 1e-8;        ///< ε > 0

  static constexpr std::string_view name = "amsgrad";
  static constexpr std::string_view summary = "Adam whose rates never grow";
  static auto settings() {
    return std::array{Setting<AmsGrad>{"learning_rate", &AmsGrad::learning_rate,
                                       SettingRange::positive, "length of a step, in units of x"},
                      Setting<AmsGrad>{"beta1", &AmsGrad::beta1, SettingRange::fraction,
                                       "memory of the mean gradient"},
                      Setting<AmsGrad>{"beta2", &AmsGrad::beta2, SettingRange::fraction,
                                       "memory of the mean square"},
                      Setting<AmsGrad>{"epsilon", &AmsGrad::epsilon, SettingRange::positive,
                                       "added to the root, against division by 0"}};
  }

  template <std::floating_point T>
  using State = RuleState<T>;

  template <class D>
  RuleState<typename D::Scalar> init(const Eigen::MatrixBase<D>& x) const {
    return blank_state<typename D::Scalar>(x.size(), 3);
  }

  template <std::floating_point T>
  void step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
