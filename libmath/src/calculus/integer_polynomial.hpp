#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <span>
#include <vector>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

using Integer = boost::multiprecision::cpp_int;

/// Σ cₖ xᵏ with integer coefficients, constants first, the last one not 0; empty: the polynomial 0.
using IntegerPolynomial = std::vector<Integer>;

/// The polynomial whose coefficients are those given, highest power first, times a power of two.
/// Pre: all finite.
IntegerPolynomial exact_polynomial(std::span<const DoubleDouble> highest_first);

/// f up to a constant as a product of powers: element k holds the roots of multiplicity k + 1, each
/// once. Pre: degree ≥ 1.
/// Ref: Yun, On square-free decomposition algorithms (1976).
std::vector<IntegerPolynomial> square_free_factors(const IntegerPolynomial& f,
                                                   const StopToken& stop);

}  // namespace mathtool::math
