#pragma once

#include <optional>
#include <string>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct RankOptions {
  /// A singular value counts when it is > tolerance · σ₁; ≥ 0. Default 2 max(n, p) u, u = 2⁻⁵³.
  std::optional<double> tolerance = {};
};

struct [[nodiscard]] MatrixRank {
  Index rank = 0;
  double threshold = 0.0;  ///< the absolute one: singular values ≤ threshold count as 0
  Vec singular;            ///< min(n, p), descending
  Status status = Status::converged;
  std::string reason = {};  ///< why it is `suspicious`
};

/// The number of singular values that rounding does not explain.
///
/// Shapes:  A is n × p.  Throws: DomainError if A is not finite or the tolerance is < 0.
/// Returns: `suspicious` where a singular value lies within a factor 100 above the threshold:
///          another tolerance would give another rank.
/// Cost:    O(n p min(n, p)).
MatrixRank matrix_rank(const MatRef& A, const RankOptions& options = {});

/// An orthonormal basis of the null space {x : A x = 0}, as the columns of a p × (p − rank) matrix;
/// signs are free.
///
/// Shapes: A is n × p.  Throws: as `matrix_rank`.
Mat null_space(const MatRef& A, const RankOptions& options = {});

struct [[nodiscard]] PseudoInverse {
  Mat value;  ///< p × n
  MatrixRank rank;
};

/// The Moore-Penrose inverse: A⁺ b is the shortest of all x that minimise ‖A x − b‖₂.
///     A⁺ = V diag(1/σ) Uᵀ over the singular values that count
///
/// Shapes: A is n × p.  Throws: as `matrix_rank`.
/// Ref:    Golub & Van Loan, Matrix Computations (2013), §5.5.2.
PseudoInverse pseudo_inverse(const MatRef& A, const RankOptions& options = {});

}  // namespace mathtool::math
