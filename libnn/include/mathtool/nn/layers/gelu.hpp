#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The Gaussian error linear unit, with the normal distribution itself.
///     y = x Φ(x),   ∂x = ∂y (Φ(x) + x φ(x))
/// Error:  a few roundings, relative also where x is far below 0.
/// Ref:    Hendrycks & Gimpel, Gaussian error linear units (2016).
struct Gelu {
  static constexpr std::string_view name = "gelu";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Gelu&) const = default;

  LayerPlan plan(const Shape& input) const { return {.output = input}; }
  std::string text() const { return std::string(name); }

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
