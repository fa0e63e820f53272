#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// Long short-term memory; h₀ = c₀ = 0.
///     i, f, g, o = σ, σ, tanh, σ of the four parts of xₜ W + hₜ₋₁ U + b
///     cₜ = f cₜ₋₁ + i g,   hₜ = o tanh cₜ
/// Shapes: (steps, features) to (H), or to (steps, H) with `all`. A step whose first feature is NaN
///         lies beyond the end of its sequence: the state stays as it is.
///         Parameters are W (features × 4H), U (H × 4H), b (4H) in that order; b of f begins at 1.
/// Cost:   4 · steps · H (features + H) multiplications per observation; the states are kept.
/// Ref:    Hochreiter & Schmidhuber, Long short-term memory (1997); Gers, Schmidhuber & Cummins,
///         Learning to forget (2000); for b of f: Jozefowicz, Zaremba & Sutskever (2015).
struct Lstm {
  Index units = 1;               ///< H ≥ 1
  bool all = false;              ///< the states of all steps, not of the last alone
  Index truncate = 0;            ///< > 0: gradients do not pass step numbers that it divides
  Initializer initializer = {};  ///< of the weights of x; those of h begin orthogonal

  static constexpr std::string_view name = "lstm";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Lstm&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
