#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The exponential linear unit.
///     y = x where x > 0, else α (exp x − 1),   ∂x = ∂y where x > 0, else ∂y (y + α)
/// Ref: Clevert, Unterthiner & Hochreiter, Fast and accurate deep network learning by exponential
///      linear units (2016).
struct Elu {
  double alpha = 1;  ///< α > 0

  static constexpr std::string_view name = "elu";
  static constexpr bool in_place = true, couples = false;

  bool operator==(const Elu&) const = default;

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
