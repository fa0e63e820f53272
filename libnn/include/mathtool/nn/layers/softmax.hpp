#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// Probabilities from logits, along the last axis.
///     yᵢ = exp xᵢ / Σ exp xⱼ,   ∂xᵢ = yᵢ (∂yᵢ − Σ yⱼ ∂yⱼ)
/// Error:  large logits do not overflow; an infinite one gives NaN.
/// Ref:    Goodfellow, Bengio & Courville, Deep Learning (2016), §4.1.
struct Softmax {
  static constexpr std::string_view name = "softmax";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Softmax&) const = default;

  /// Throws: DimensionError for an input without an axis.
  LayerPlan plan(const Shape& input) const;
  std::string text() const { return std::string(name); }

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
