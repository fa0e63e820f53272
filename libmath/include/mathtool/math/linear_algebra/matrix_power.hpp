#pragma once

#include "mathtool/math/linear_algebra/matrix_function.hpp"

namespace mathtool::math {

/// Aᵏ by repeated squaring, A⁻ᵏ of the inverse, A⁰ = I. Whole numbers stay exact below 2⁵³.
///
/// Shapes:  A is n × n.  Throws: DimensionError; DomainError if A is not finite.
/// Returns: `divergent` and NaN for negative k and A singular to working precision; `not_finite`
///          where entries overflow.
/// Error:   first-order bound of the rounding in the products, and of the inverse.
MatrixFunction matrix_power(const MatRef& A, long long exponent);

}  // namespace mathtool::math
