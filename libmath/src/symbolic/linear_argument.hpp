#pragma once

#include <optional>
#include <string>

#include "form_shape.hpp"

namespace mathtool::math {

/// slope · x + intercept, neither of which contains x.
struct Linear {
  Form slope, intercept;
};

/// None when the formula is not of this shape, or does not depend on x.
inline std::optional<Linear> linear_in(const Form& form, const std::string& x) {
  const auto coefficients = coefficients_in(form, x, 1);
  if (!coefficients || coefficients->size() < 2 || is((*coefficients)[1], 0)) return {};
  return Linear{(*coefficients)[1], (*coefficients)[0]};
}

}  // namespace mathtool::math
