#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct ThinSvdOptions {
  bool left = true;  ///< false: U stays empty, at about half the cost where n ≥ p
};

struct [[nodiscard]] ThinSvd {
  Mat U;         ///< n × k, k = min(n, p), orthonormal columns
  Vec singular;  ///< k, descending, ≥ 0
  Mat V;         ///< p × k, orthonormal columns
};

/// The thin singular value decomposition X = U diag(singular) Vᵀ; signs are free. Where a singular
/// value is exactly 0, its column of U (of V if n < p) may be 0. Reduces to a triangle by
/// Householder QR, then one-sided Jacobi up to 64 columns (small singular values to high relative
/// accuracy), LAPACK's divide and conquer above where the dense backend has it.
///
/// Shapes:  X is n × p, n ≥ 1, p ≥ 1.  Throws: DimensionError; DomainError if X is not finite.
/// Cost:    O(n p min(n, p)) time; X is copied twice, with U three times.
/// Ref:     Demmel & Veselić, Jacobi's method is more accurate than QR (1992).
ThinSvd thin_svd(const MatRef& X, const ThinSvdOptions& options = {});

}  // namespace mathtool::math
