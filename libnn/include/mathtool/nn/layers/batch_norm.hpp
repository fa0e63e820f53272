#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// Every feature, or every channel of an image, to mean β and standard deviation γ over the batch;
/// in inference by the running means of earlier batches.
///     u = (x − μ) / √(σ² + ε),   y = γ u + β
///     ∂γ = Σ ∂y u,   ∂β = Σ ∂y,   ∂x = γ / √(σ² + ε) · (∂y − ∂β / N − u ∂γ / N)
/// over the N numbers of a feature: rows × frames × height × width. σ² = Σ (x − μ)² / N, and the
/// running variance is that of N − 1. Sums are in double.
/// Shapes: (features) or ([frames,] channels, height, width); parameters are γ, then β.
/// One number alone, as of the observation that is left over behind the last whole batch, has no
/// spread: the running means stand for those of such a batch, and stay.
/// Ref:    Ioffe & Szegedy, Batch normalization: accelerating deep network training by reducing
///         internal covariate shift (2015), Algorithm 1.
struct BatchNorm {
  double momentum = 0.1;  ///< how much of a running mean a batch replaces, in (0, 1]
  double epsilon = 1e-5;  ///< ε > 0

  static constexpr std::string_view name = "batchnorm";
  static constexpr bool in_place = false, couples = true;

  bool operator==(const BatchNorm&) const = default;

  /// Throws: DomainError.
  void validate() const;
  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
