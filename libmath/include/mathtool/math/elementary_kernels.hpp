#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/multiversion.hpp"

/// exp, log and their relatives without a branch, a table or a call, so that a loop over an array
/// becomes vector instructions. Additions and multiplications alone: the bits are the same on
/// every instruction set and from every compiler.
/// Error:   below 1 ulp (1.5 for log1p), as tests measure.
namespace mathtool::math::kernels {

/// c[0] + c[1] x + c[2] x² + …, by Horner's rule.
template <std::size_t k = 0, std::size_t n>
MATHTOOL_KERNEL double polynomial(const double (&c)[n], double x) {
  if constexpr (k + 1 == n)
    return c[k];
  else
    return c[k] + x * polynomial<k + 1>(c, x);
}

namespace detail {

constexpr double log_2_high = 0x1.62e42feep-1;  ///< 33 bits, so that small multiples are exact
constexpr double log_2_low = 0x1.a39ef35793c76p-33;

/// Added to a small number, it leaves the nearest whole number in the lowest bits.
constexpr double rounder = 0x1.8p52;

/// 2ⁿ of a whole n. Pre: −1022 ≤ n ≤ 1023.
MATHTOOL_KERNEL double power_of_two(double n) {
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(n + rounder) + 1023) << 52);
}

MATHTOOL_KERNEL double nearest_whole(double x) { return (x + rounder) - rounder; }

/// (eʳ − 1 − r) / r² for |r| ≤ 0.347: its expansion in Chebyshev's polynomials up to degree 9, in
/// powers of r.
MATHTOOL_KERNEL double exp_rest(double r) {
  constexpr double coefficients[] = {5.0000000000000010339e-01, 1.6666666666666671040e-01,
                                     4.1666666666623737011e-02, 8.3333333333260691885e-03,
                                     1.3888888917408332591e-03, 1.9841269875050603353e-04,
                                     2.4801520994318234254e-05, 2.7557255109098467151e-06,
                                     2.7620231608750015045e-07, 2.5105337938760717159e-08};
  return polynomial(coefficients, r);
}

}  // namespace detail

/// exp(x + rest) for a |rest| far below 1, which x has lost. Not for NaN.
MATHTOOL_KERNEL double exp(double x, double rest = 0) {
  using namespace detail;
  x = std::min(std::max(x, -760.0), 720.0);
  const double n = nearest_whole(x * 1.4426950408889634);
  const double r = ((x - n * log_2_high) - n * log_2_low) + rest;
  const double mantissa = 1 + (r + r * r * exp_rest(r));
  const double half = nearest_whole(0.5 * n);  // in two steps, as 2ⁿ may be no double
  return mantissa * power_of_two(half) * power_of_two(n - half);
}

/// exp(x) − 1. Pre: x ≤ 0.
MATHTOOL_KERNEL double expm1_of_negative(double x) {
  using namespace detail;
  x = std::max(x, -60.0);
  const double n = nearest_whole(x * 1.4426950408889634);
  const double r = (x - n * log_2_high) - n * log_2_low;
  const double scale = power_of_two(n);
  return scale * (r + r * r * exp_rest(r)) + (scale - 1);
}

/// The logarithm: −∞ of 0, NaN of what is negative.
MATHTOOL_KERNEL double log(double x) {
  using namespace detail;
  const bool small = x < 0x1p-1022;
  const auto bits = std::bit_cast<std::uint64_t>(small ? x * 0x1p54 : x);
  // x = 2ᵉ m with m between √½ and √2.
  constexpr auto root_half = std::bit_cast<std::uint64_t>(0.70710678118654752);
  const std::uint64_t shifted = bits + (std::bit_cast<std::uint64_t>(1.0) - root_half);
  const std::uint64_t exponent = shifted >> 52;
  const double m = std::bit_cast<double>((shifted & 0xfffffffffffff) + root_half);
  const double e =
      std::bit_cast<double>(exponent | 0x4330000000000000) - (0x1p52 + 1023 + (small ? 54.0 : 0.0));
  // log m = 2 artanh s, written so that what is small is added last.
  const double f = m - 1, s = f / (2 + f), square = s * s, half = 0.5 * f * f;
  constexpr double series[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                               2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};
  const double low = s * (half + square * polynomial(series, square)) + e * log_2_low;
  const double value = e * log_2_high - ((half - low) - f);
  const double zero_or_nan = x == 0 ? -infinity : not_a_number;
  const double infinite_or_value = x < infinity ? value : x;
  return x > 0 ? infinite_or_value : zero_or_nan;
}

/// log(1 + x).
MATHTOOL_KERNEL double log1p(double x) {
  const double sum = 1 + x, lost = x - (sum - 1);
  const double correction = lost / sum;
  return log(sum) + (std::abs(correction) < 1 ? correction : 0.0);
}

}  // namespace mathtool::math::kernels
