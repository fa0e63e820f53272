#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// All elements of an observation in a row, the last axis fastest.
///     y = x,   ∂x = ∂y
/// Shapes: (…) to (d).
struct Flatten {
  static constexpr std::string_view name = "flatten";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Flatten&) const = default;

  LayerPlan plan(const Shape& input) const { return {.output = {math::element_count(input)}}; }
  std::string text() const { return std::string(name); }

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
