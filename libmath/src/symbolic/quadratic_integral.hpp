#pragma once

#include <optional>
#include <string>

#include "canonical.hpp"

namespace mathtool::math {

/// a x^2 + b x + c
struct Quadratic {
  Form a, b, c;

  Form discriminant() const;  ///< b^2 - 4 a c
};

/// None when the formula is no quadratic in x.
std::optional<Quadratic> quadratic_in(const Form& form, const std::string& x);

/// ∫ (slope x + intercept)/q dx by a logarithm and an arc tangent, or two logarithms. Null when the
/// sign of the discriminant depends on other variables.
Form integral_over_quadratic(const Form& slope, const Form& intercept, const Quadratic& q,
                             const Form& x);

}  // namespace mathtool::math
