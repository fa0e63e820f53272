#pragma once

#include <cmath>
#include <complex>
#include <limits>

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/calculus/limit.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::math {

struct DerivativeOptions {
  int order = 1;           ///< 1 ... 8
  Side side = Side::both;  ///< one-sided differences at the border of a domain
  double step = 0;         ///< largest distance between samples, ≥ 0; 0: max(1, |x|) / 2
  double rel_tol = 1e-8;   ///< converged when error ≤ max(rel_tol · |value|,
  double abs_tol = 1e-8;   ///< abs_tol · max|f(x ± step)| / max(1, |x|)ⁿ)
};

/// The derivative of an opaque function: differences at distances h that halve, from `step` down to
/// where rounding drowns them, and Richardson's extrapolation of each 8 in a row.
///     f⁽ⁿ⁾(x) ≈ Σ (−1)ⁿ⁻ʲ C(n, j) f(x + (j − n/2) h) / hⁿ
///
/// An answer from larger distances is taken only where it agrees with those from smaller ones.
/// Pre:     x finite, 1 ≤ order ≤ 8, step ≥ 0.   Throws: DomainError; what f throws.
/// Returns: `not_finite` where f has no values around x, `suspicious` where the derivatives from
///          both sides differ.
/// Error:   twice the last changes in the table and what the measured rounding of f can do: 12
///          digits for order 1 of a smooth function, one to two fewer for each further order.
/// Cost:    50 (n + 1) evaluations, three times that for Side::both.
/// Ref:     Ridders, Accurate computation of F′(x) and F′(x)F″(x) (1982).
Estimate numerical_derivative(FunctionRef<double(double)> f, double x,
                              const DerivativeOptions& options = {});

/// The derivative of a function that also takes complex arguments and is analytic and real on the
/// real line: no difference is taken, so no digit cancels.
///     f′(x) = Im f(x + i h) / h + O(h²),   h = 1e-100 · max(|x|, 1e-100)
///
/// Error: that of f itself. Wrong for f that uses abs, min, max or compares its argument.
/// Ref:   Squire & Trapp, Using complex variables to estimate derivatives (1998).
template <class F>
double complex_step_derivative(F&& f, double x) {
  const double h = 1e-100 * std::max(std::abs(x), 1e-100);
  const std::complex<double> value = f(std::complex<double>(x, h));
  return value.imag() / h;
}

}  // namespace mathtool::math
