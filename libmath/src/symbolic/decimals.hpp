#pragma once

#include "canonical.hpp"

namespace mathtool::math {

/// Whether some number is written with a decimal point or exponent.
bool has_decimals(const Expression& expression);

/// Decimals as the fractions that they are: 0.1 as 1/10.
Expression with_exact_numbers(const Expression& expression);

/// Fractions as decimals where those are short and exact: 1/4 as 0.25, but 1/3 as it is.
Form with_decimals(const Form& form);

}  // namespace mathtool::math
