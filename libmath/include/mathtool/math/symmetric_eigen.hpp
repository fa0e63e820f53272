#pragma once

#include <optional>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct SymmetricEigenOptions {
  /// Only this many largest eigenvalues, 1 ≤ leading ≤ p; default all of them.
  std::optional<Index> leading = {};
  bool vectors = true;  ///< false: eigenvalues alone, with no vectors and no residual
  int threads = 1;      ///< ≥ 0, 0: all; used for leading pairs, never changes a bit
};

struct [[nodiscard]] SymmetricEigen {
  Vec values;             ///< k, descending
  Mat vectors;            ///< p × k, orthonormal columns, signs free
  double residual = 0.0;  ///< max over columns of ‖A v − λ v‖₂, measured
};

/// Eigenvalues and eigenvectors of a symmetric matrix, of which the lower triangle is read.
/// Up to 64 rows by the cyclic Jacobi method, which also keeps the small eigenvalues of a graded
/// matrix; above by divide and conquer, or, for a few leading pairs, by block power iteration where
/// they stand out, else by implicitly restarted Lanczos, both to full precision, with all pairs
/// where these do not get there.
///
/// Shapes:  A is p × p, p ≥ 1.  Throws: DimensionError; DomainError if A is not finite.
/// Error:   |λ − exact| ≲ p u ‖A‖₂ with u = 2⁻⁵³; `residual` says what was achieved.
/// Cost:    O(p³) time; O(p² k) for k leading pairs of a large matrix.
/// Ref:     Golub & Van Loan, Matrix Computations (2013), §8.5, §10.5.
SymmetricEigen symmetric_eigen(const MatRef& A, const SymmetricEigenOptions& options = {});

}  // namespace mathtool::math
