#pragma once

#include <cmath>

#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/elementary_kernels_float.hpp"

namespace mathtool::nn {

/// 1 / (1 + exp(−x)), by an exponential ≤ 1, so that nothing overflows.
template <class T>
MATHTOOL_KERNEL T logistic(T x) {
  const T e = math::kernels::exp(-std::abs(x));
  return (x < 0 ? e : T(1)) / (1 + e);
}

template <class T>
MATHTOOL_KERNEL T hyperbolic_tangent(T x) {
  const T t = math::kernels::expm1_of_negative(-2 * std::abs(x));
  return std::copysign(-t / (2 + t), x);
}

}  // namespace mathtool::nn
