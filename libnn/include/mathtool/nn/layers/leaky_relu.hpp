#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The rectified linear unit that lets a little of what is negative through.
///     y = x where x > 0, else a x,   ∂x = ∂y where x > 0, else a ∂y
/// Ref: Maas, Hannun & Ng, Rectifier nonlinearities improve neural network acoustic models (2013).
struct LeakyRelu {
  double slope = 0.01;  ///< a in [0, 1)

  static constexpr std::string_view name = "leaky_relu";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const LeakyRelu&) const = default;

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
