#pragma once

#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::math {

/// The elementary functions and these, all of real numbers; n is a real order where not said
/// otherwise, and values outside a domain are NaN:
///
///     beta(a, b)  erfinv(x)  zeta(x)  digamma(x)  trigamma(x)  factorial(x)  choose(n, k)
///     besselj(n, x)  bessely(n, x)  besseli(n, x)  besselk(n, x)
///     gammap(a, x)  gammaq(a, x)     the regularised incomplete gamma functions P and Q
///     ibeta(a, b, x)                 the regularised incomplete beta function
///     expint(n, x)                   ∫₁^∞ exp(−x t) t⁻ⁿ dt, n whole and >= 0
///     ellipk(k)  ellipe(k)           complete elliptic integrals of the modulus k, |k| <= 1
///     legendre(n, x)                 n whole
///
/// Error: a few ulps by Boost.Math, more near zeros of oscillating functions.
/// Ref:   NIST Digital Library of Mathematical Functions, dlmf.nist.gov.
const FunctionTable& special_functions();

}  // namespace mathtool::math
