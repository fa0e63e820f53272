#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// An affine map of an observation; of a sequence, of every step alike.
///     y = x W + b,   ∂x = ∂y Wᵀ,   ∂W = xᵀ ∂y,   ∂b = Σ rows of ∂y
/// Shapes: (inputs) to (units), (steps, inputs) to (steps, units); of images all elements are
/// inputs,
///         (c, h, w) to (units). Parameters are W by rows (inputs × units), then b.
/// Cost:   inputs · units multiplications per row; large products go through the dense backend.
/// Ref:    Goodfellow, Bengio & Courville, Deep Learning (2016), §6.5.
struct Dense {
  Index units = 1;  ///< ≥ 1
  Initializer initializer = {};

  static constexpr std::string_view name = "dense";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Dense&) const = default;

  /// Throws: DomainError for units < 1, DimensionError for an input without elements.
  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
