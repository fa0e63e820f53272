#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// Leaves each element out with probability p in training, and does nothing in inference.
///     y = x m / (1 − p),   ∂x = ∂y m / (1 − p),   m = 0 with probability p, else 1
/// m is a function of seed, step, layer, row in the batch and element: it is drawn again by
/// `backward`, and the same however the batch is cut.
/// Ref: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting
/// (2014).
struct Dropout {
  double rate = 0.5;  ///< p in [0, 1)

  static constexpr std::string_view name = "dropout";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Dropout&) const = default;

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
