#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// A gated recurrent unit; h₀ = 0.
///     r, z = σ of the first two parts of xₜ W + hₜ₋₁ U + b
///     n = tanh(third part of xₜ W + b, plus r times (hₜ₋₁ U of the third part + c))
///     hₜ = (1 − z) n + z hₜ₋₁
/// Shapes: (steps, features) to (H), or to (steps, H) with `all`. A step whose first feature is NaN
///         lies beyond the end of its sequence: the state stays as it is.
///         Parameters are W (features × 3H), U (H × 3H), b (3H), c (H).
/// Cost:   3 · steps · H (features + H) multiplications per observation; the states are kept.
/// Ref:    Cho et al., Learning phrase representations using RNN encoder-decoder (2014), with the
///         reset behind the product as in PyTorch and cuDNN.
struct Gru {
  Index units = 1;               ///< H ≥ 1
  bool all = false;              ///< the states of all steps, not of the last alone
  Index truncate = 0;            ///< > 0: gradients do not pass step numbers that it divides
  Initializer initializer = {};  ///< of the weights of x; those of h begin orthogonal

  static constexpr std::string_view name = "gru";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Gru&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
