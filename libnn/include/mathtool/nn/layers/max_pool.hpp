#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The largest number under each window, channel by channel; NaN stays.
///     y = max x over the window
///     ∂x = the sum of ∂y over the windows whose first largest number x is
/// Places that a window no longer fits into are left out, as in PyTorch.
/// Shapes: (c, h, w) to (c, ⌊(h − size) / stride⌋ + 1, ...); of a video every frame.
/// Ref:    Weng, Ahuja & Huang, Cresceptron (1992).
struct MaxPool {
  Index size = 2;    ///< of the window, ≥ 1, at most the image
  Index stride = 0;  ///< ≥ 1; 0: the size

  static constexpr std::string_view name = "maxpool";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const MaxPool&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
