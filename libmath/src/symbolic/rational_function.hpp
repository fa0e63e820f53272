#pragma once

#include <optional>
#include <string>

#include "canonical.hpp"
#include "polynomial.hpp"

namespace mathtool::math {

/// A quotient of polynomials without common divisor.
struct RationalFunction {
  Polynomial numerator = {}, denominator = Rational(1);
};

/// The formula as such a quotient; none when it is no rational function of x with rational
/// coefficients, or one of a degree above 64.
std::optional<RationalFunction> rational_function(const Form& form, const std::string& x);

/// A polynomial in any formula: in x, in tan(x/2).
Form polynomial_form(const Polynomial& polynomial, const Form& x);

}  // namespace mathtool::math
