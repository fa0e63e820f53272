#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "mathtool/math/multiversion.hpp"

/// The kernels of elementary_kernels.hpp for float, twice as many in a vector: without a branch, a
/// table or a call, and the same bits everywhere. NaN stays.
/// Error:   below 1.5 ulp, as tests measure.
namespace mathtool::math::kernels {

/// c[0] + c[1] x + c[2] x² + …, by Horner's rule.
template <std::size_t k = 0, std::size_t n>
MATHTOOL_KERNEL float polynomial(const float (&c)[n], float x) {
  if constexpr (k + 1 == n)
    return c[k];
  else
    return c[k] + x * polynomial<k + 1>(c, x);
}

namespace detail {

constexpr float log_2_high_float = 0x1.62e4p-1F;  ///< 15 bits, so that small multiples are exact
constexpr float log_2_low_float = 0x1.7f7d1cp-20F;

/// Added to a small number, it leaves the nearest whole number in the lowest bits.
constexpr float rounder_float = 0x1.8p23F;

MATHTOOL_KERNEL float nearest_whole(float x) { return (x + rounder_float) - rounder_float; }

/// 2ⁿ of a whole n. Pre: −126 ≤ n ≤ 127.
MATHTOOL_KERNEL float power_of_two(float n) {
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(n + rounder_float) + 127) << 23);
}

/// (eʳ − 1 − r) / r² for |r| ≤ 0.347: its expansion in Chebyshev's polynomials up to degree 5, in
/// powers of r.
MATHTOOL_KERNEL float exp_rest(float r) {
  constexpr float coefficients[] = {5.000000000e-01F, 1.666666716e-01F, 4.166646674e-02F,
                                    8.333310485e-03F, 1.393364277e-03F, 1.989098237e-04F};
  return polynomial(coefficients, r);
}

}  // namespace detail

/// exp(x + rest) for a |rest| far below 1, which x has lost.
MATHTOOL_KERNEL float exp(float x, float rest = 0) {
  using namespace detail;
  x = std::min(std::max(x, -105.0F), 90.0F);
  const float n = nearest_whole(x * 1.44269504F);
  const float r = ((x - n * log_2_high_float) - n * log_2_low_float) + rest;
  const float mantissa = 1 + (r + r * r * exp_rest(r));
  const float half = nearest_whole(0.5F * n);  // in two steps, as 2ⁿ may be no float
  return mantissa * power_of_two(half) * power_of_two(n - half);
}

/// exp(x) − 1. Pre: x ≤ 0.
MATHTOOL_KERNEL float expm1_of_negative(float x) {
  using namespace detail;
  x = std::max(x, -30.0F);
  const float n = nearest_whole(x * 1.44269504F);
  const float r = (x - n * log_2_high_float) - n * log_2_low_float;
  const float scale = power_of_two(n);
  return scale * (r + r * r * exp_rest(r)) + (scale - 1);
}

}  // namespace mathtool::math::kernels
