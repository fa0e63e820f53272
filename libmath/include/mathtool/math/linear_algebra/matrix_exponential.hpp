#pragma once

#include "mathtool/math/linear_algebra/matrix_function.hpp"

namespace mathtool::math {

/// The matrix exponential by scaling, a diagonal Padé approximant of degree 3 to 13, and squaring.
///     exp(A) = Σ Aᵏ/k! = (r(A/2ˢ))^(2ˢ)
///
/// Shapes:  A is n × n.  Throws: DimensionError; DomainError if A is not finite.
/// Returns: `not_finite` where entries overflow; `suspicious` where the error exceeds
///          1e-8 ‖exp A‖₁.
/// Error:   measured as the difference from a second computation with another scaling, and at
///          least 2ˢ n u ‖exp A‖₁ for s squarings.
/// Cost:    at most 2 (6 + s) products of matrices and two solutions.
/// Ref:     Al-Mohy & Higham, A new scaling and squaring algorithm for the matrix exponential
///          (2009), Algorithm 5.1.
MatrixFunction matrix_exponential(const MatRef& A);

}  // namespace mathtool::math
