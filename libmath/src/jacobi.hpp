#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

constexpr Index jacobi_size = 64;  ///< up to here Jacobi's methods serve, above LAPACK's

/// Diagonalises the symmetric A in place by cyclic rotations; the columns of V are its
/// eigenvectors, in no order. An off-diagonal entry counts as zero when it is below u √(aᵢᵢ aⱼⱼ),
/// so that the small eigenvalues of a graded positive definite matrix keep their relative accuracy.
/// Ref: Demmel & Veselić, Jacobi's method is more accurate than QR (1992), Algorithm 3.1.
void jacobi_diagonalise(Mat& A, Mat* V);

/// Makes the columns of W orthogonal by rotations from the right, W ← W V.
/// Ref: Demmel & Veselić (1992), Algorithm 4.1; Hestenes (1958).
void jacobi_orthogonalise(Mat& W, Mat& V);

}  // namespace mathtool::math
