#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// A simple recurrent layer; h₀ = 0.
///     hₜ = tanh(xₜ W + hₜ₋₁ U + b)
/// Shapes: (steps, features) to (H), or to (steps, H) with `all`. A step whose first feature is NaN
///         lies beyond the end of its sequence: the state stays as it is.
///         Parameters are W (features × H), U (H × H), b (H).
/// Cost:   steps · H (features + H) multiplications per observation; the states are kept.
/// Ref:    Elman, Finding structure in time (1990); Werbos, Backpropagation through time (1990).
struct Rnn {
  Index units = 1;               ///< H ≥ 1
  bool all = false;              ///< the states of all steps, not of the last alone
  Index truncate = 0;            ///< > 0: gradients do not pass step numbers that it divides
  Initializer initializer = {};  ///< of the weights of x; those of h begin orthogonal

  static constexpr std::string_view name = "rnn";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Rnn&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
