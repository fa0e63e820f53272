#pragma once

#include "mathtool/nn/layer.hpp"
#include "mathtool/nn/layers/padding.hpp"

namespace mathtool::nn {

/// A convolution, or cross-correlation as all such layers compute it, of images or of every frame
/// of a video.
///     y(f, i, j) = b(f) + Σ w(f, c, k, l) x(c, s i + k − p, s j + l − p)   over c, k, l
///     ∂x, ∂w, ∂b: the same sum, read as the linear map of x, w, b that it is, transposed
/// With groups, filters and channels fall into as many parts, and each filter sees the channels of
/// its part alone.
/// Shapes: (c, h, w) to (filters, h', w'), (t, c, h, w) to (t, filters, h', w'),
///         h' = ⌊(h + 2p − height) / s⌋ + 1. Parameters are w (filters × c / groups × height ×
///         width), then b, as PyTorch has them.
/// Cost:   filters · h' w' · height · width · c / groups multiplications per image, as products of
///         matrices of patches that fit into the cache.
/// Ref:    Chellapilla, Puri & Simard, High performance convolutional neural networks for document
///         processing (2006); Goodfellow, Bengio & Courville, Deep Learning (2016), chapter 9.
struct Conv {
  Index filters = 1;            ///< ≥ 1, a multiple of groups
  Index height = 1, width = 1;  ///< of the kernel, ≥ 1, at most those of the padded image
  Index stride = 1;             ///< s ≥ 1
  Padding padding = {};         ///< p
  Index groups = 1;             ///< ≥ 1, a divisor of the channels
  Initializer initializer = {};

  static constexpr std::string_view name = "conv";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Conv&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
