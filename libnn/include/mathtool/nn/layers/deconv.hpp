#pragma once

#include "mathtool/nn/layer.hpp"
#include "mathtool/nn/layers/padding.hpp"

namespace mathtool::nn {

/// A transposed convolution, which turns the shapes of a convolution round: every number of x
/// paints the kernel, s apart.
///     y(f, s i + k − p, s j + l − p) = b(f) + Σ w(c, f, k, l) x(c, i, j)
/// Shapes: (c, h, w) to (filters, s (h − 1) + height − 2p, ...); of a video every frame. With
///         `same`, s h. Parameters are w (c × filters / groups × height × width), then b, as
///         PyTorch has them.
/// Cost:   c · h w · height · width · filters / groups multiplications per image.
/// Ref:    Dumoulin & Visin, A guide to convolution arithmetic for deep learning (2016), chapter 4.
struct Deconv {
  Index filters = 1;            ///< ≥ 1, a multiple of groups
  Index height = 1, width = 1;  ///< of the kernel, ≥ 1
  Index stride = 1;             ///< s ≥ 1
  Padding padding = {};         ///< p, cut off on every side
  Index groups = 1;             ///< ≥ 1, a divisor of the channels
  Initializer initializer = {};

  static constexpr std::string_view name = "deconv";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Deconv&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
