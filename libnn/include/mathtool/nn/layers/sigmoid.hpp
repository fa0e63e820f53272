#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The logistic function.
///     y = 1 / (1 + exp(−x)),   ∂x = ∂y y (1 − y)
/// Ref: Goodfellow, Bengio & Courville, Deep Learning (2016), §3.10.
struct Sigmoid {
  static constexpr std::string_view name = "sigmoid";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Sigmoid&) const = default;

  LayerPlan plan(const Shape& input) const { return {.output = input}; }
  std::string text() const { return std::string(name); }

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
