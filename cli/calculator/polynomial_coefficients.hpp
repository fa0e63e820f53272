#pragma once

#include <vector>

#include "cli/calculator/calculator.hpp"
#include "mathtool/math/double_double.hpp"

namespace mathtool::cli {

/// The coefficients of a polynomial, highest power first, from [1, 0, -2] or from x^2 - 2 and the
/// name of its variable. Whole numbers and fractions lose nothing: fractions are brought to one
/// denominator, and integers up to 2^106 fit.
/// Throws: DomainError where it is no polynomial.
std::vector<math::DoubleDouble> polynomial_coefficients(Calculator& calculator,
                                                        const std::vector<math::Expression>& given,
                                                        const Scope& scope);

}  // namespace mathtool::cli
