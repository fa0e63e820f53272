#pragma once

#include <optional>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct [[nodiscard]] Qr {
  Mat Q;  ///< n × k, k = min(n, p), orthonormal columns
  Mat R;  ///< k × p, upper triangular, diagonal ≥ 0
};

/// A = Q R by Householder reflections. The diagonal of R is made ≥ 0, hence the factors of a matrix
/// of full column rank are unique.
///
/// Shapes: A is n × p, not empty.  Throws: DimensionError; DomainError if A is not finite.
/// Cost:   4 n p k flops.  Ref: Golub & Van Loan, Matrix Computations (2013), §5.2.
Qr qr(const MatRef& A);

struct PivotedQrOptions {
  /// Columns depend on others when what is left of the longest is ≤ tolerance · |R₁₁|; ≥ 0.
  /// Default 2 max(n, p) u, u = 2⁻⁵³.
  std::optional<double> tolerance = {};
};

struct [[nodiscard]] PivotedQr {
  Mat Q;                     ///< n × k, k = min(n, p), orthonormal columns
  Mat R;                     ///< k × p, upper triangular, diagonal descending and ≥ 0
  std::vector<Index> order;  ///< p: column j of Q R is column order[j] of A
  Index rank = 0;
  double threshold = 0.0;  ///< the absolute one: a column at most this far counts as dependent
  std::vector<Index> dependent;  ///< p − rank columns of A, ascending, combinations of the others
};

/// QR that takes at each step the column farthest from those taken before, and so reveals the rank.
///
/// Shapes: A is n × p, not empty.  Throws: DimensionError; DomainError if A is not finite or the
///         tolerance is < 0.
/// Error:  the rank can be too large for contrived matrices (Kahan's); `matrix_rank` is the judge.
/// Ref:    Businger & Golub, Linear least squares solutions by Householder transformations (1965).
PivotedQr pivoted_qr(const MatRef& A, const PivotedQrOptions& options = {});

}  // namespace mathtool::math
