#pragma once

#include "canonical.hpp"
#include "polynomial.hpp"

namespace mathtool::math {

/// ∫ numerator/denominator dx as logarithms and arc tangents, for an irreducible denominator of
/// higher degree than the numerator: of degree 1 or 2; the derivative of which is the numerator,
/// but for a factor; of degree 4 when it splits over one square root; a x^n + b. Else null.
Form logarithmic_part(const Polynomial& numerator, const Polynomial& denominator, const Form& x);

}  // namespace mathtool::math
