#pragma once

#include "canonical.hpp"

namespace mathtool::math {

/// Whether it is seen at once that a formula is positive wherever it is defined: exp, cosh, and
/// sums of even powers with a positive number.
bool is_plainly_positive(const Form& form);

}  // namespace mathtool::math
