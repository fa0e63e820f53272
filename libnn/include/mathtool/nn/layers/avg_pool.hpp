#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The mean under each window, channel by channel.
///     y = Σ x / size² over the window
///     ∂x = Σ ∂y / size² over the windows that x is under
/// Places that a window no longer fits into are left out, as in PyTorch.
/// Shapes: (c, h, w) to (c, ⌊(h − size) / stride⌋ + 1, ...); of a video every frame.
struct AvgPool {
  Index size = 2;    ///< of the window, ≥ 1, at most the image
  Index stride = 0;  ///< ≥ 1; 0: the size

  static constexpr std::string_view name = "avgpool";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const AvgPool&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
