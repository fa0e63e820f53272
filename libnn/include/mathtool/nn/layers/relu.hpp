#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The rectified linear unit.
///     y = max(x, 0),   ∂x = ∂y where x > 0, else 0
/// NaN stays. Ref: Nair & Hinton, Rectified linear units improve restricted Boltzmann machines
/// (2010).
struct Relu {
  static constexpr std::string_view name = "relu";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Relu&) const = default;

  LayerPlan plan(const Shape& input) const { return {.output = input}; }
  std::string text() const { return std::string(name); }

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
