#pragma once

#include <cmath>
#include <concepts>

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/taylor_series.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {

/// A function of one number of whatever kind: [](const auto& x) { using std::sin; return sin(x); }
template <class F>
concept DifferentiableFunction = requires(const F& f, const Dual<>& x) {
  { f(x) } -> std::convertible_to<Dual<>>;
};

/// f⁽ᵏ⁾(x) for k = `order`, exactly: a dual number for the first derivative, a Taylor series for
/// the others, and for the first where the dual number gives no finite answer.
///
/// Pre:     order ≥ 0.     Throws: DomainError; whatever f throws.
/// Returns: NaN or an infinity where there is no derivative; at the corner of abs, 0.
/// Error:   that of f itself in double precision, growing by a few roundings with each order.
/// Cost:    2 evaluations of f for the first, about order² for the others.
template <DifferentiableFunction F>
double derivative(const F& f, double x, int order = 1) {
  require(order >= 0, "derivative: the order must be >= 0, got {}", order);
  if (order == 1) {
    const Dual<> y = f(Dual<>::variable(x));
    if (std::isfinite(y.derivative())) return y.derivative();
  }
  const TaylorSeries<> y = f(TaylorSeries<>::variable(x, order));
  return y.derivative(order);
}

}  // namespace mathtool::math
