#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The hyperbolic tangent.
///     y = tanh x,   ∂x = ∂y (1 − y²)
/// Ref: LeCun, Bottou, Orr & Müller, Efficient backprop (1998), §4.4.
struct Tanh {
  static constexpr std::string_view name = "tanh";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Tanh&) const = default;

  LayerPlan plan(const Shape& input) const { return {.output = input}; }
  std::string text() const { return std::string(name); }

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
