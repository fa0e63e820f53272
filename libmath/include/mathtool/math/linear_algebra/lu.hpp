#pragma once

#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct [[nodiscard]] Lu {
  Mat L;                     ///< n × k, k = min(n, p), unit diagonal, entries ≤ 1 in magnitude
  Mat U;                     ///< k × p, upper triangular
  std::vector<Index> order;  ///< n: row i of L U is row order[i] of A
  bool even = true;          ///< whether `order` is an even permutation
};

/// Gaussian elimination with partial pivoting: A with its rows in `order` equals L U. A singular
/// matrix has a zero (or tiny) entry on the diagonal of U.
///
/// Shapes: A is n × p, not empty.  Throws: DimensionError; DomainError if A is not finite.
/// Cost:   n p k − (n + p) k²/2 + k³/3 multiplications.
/// Ref:    Golub & Van Loan, Matrix Computations (2013), Algorithm 3.4.1.
Lu lu(const MatRef& A);

}  // namespace mathtool::math
