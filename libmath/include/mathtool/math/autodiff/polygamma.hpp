#pragma once

#include "mathtool/math/autodiff/differentiable.hpp"

namespace mathtool::math {

/// The derivatives of the logarithm of the gamma function:
///     ψ₀(x) = d/dx ln |Γ(x)|,    ψₙ(x) = d/dx ψₙ₋₁(x)
/// For double and FiftyDigits. Pre: order ≥ 0. Returns: NaN at the poles 0, -1, -2, ...
/// Error:   a few units in the last place; relative to 1 near the zeros of ψ at negative x.
template <class T>
T polygamma(int order, const T& x);

template <Differentiable S>
S polygamma(int order, const S& x) {
  return S::chain(
      x, [order](const auto& v) { return polygamma(order, v); },
      [order](const auto& v, const auto&) { return polygamma(order + 1, v); });
}

/// ψ₀, the logarithmic derivative of the gamma function.
template <class T>
T digamma(const T& x) {
  return polygamma(0, x);
}

}  // namespace mathtool::math
