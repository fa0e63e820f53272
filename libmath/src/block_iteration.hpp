#pragma once

#include <optional>

#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::math {

/// The k largest eigenpairs of a symmetric matrix (both triangles filled) by block power iteration
/// with Rayleigh-Ritz projection: a few products of A with a thin block where the wanted
/// eigenvalues stand out from the rest. Nothing where they do not, where large negative eigenvalues
/// are in the way, or where full precision was not reached. Bits do not depend on `threads`.
/// Ref: Golub & Van Loan, Matrix Computations (2013), §8.2.4.
std::optional<SymmetricEigen> block_iteration(const MatRef& A, Index k, int threads);

}  // namespace mathtool::math
