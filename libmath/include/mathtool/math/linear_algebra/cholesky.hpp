#pragma once

#include <string>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct [[nodiscard]] Cholesky {
  Mat L;  ///< n × n lower triangular, positive diagonal; empty unless A is positive definite
  Status status = Status::converged;
  std::string reason = {};  ///< why it is not `converged`
};

/// A = L Lᵀ of a symmetric positive definite matrix, of which the lower triangle is read.
///
/// Shapes:  A is n × n.  Throws: DimensionError; DomainError if A is not finite.
/// Returns: `divergent` where A is not positive definite: there is no such L; `suspicious` where a
///          pivot is ≤ 2 n u of its diagonal entry, u = 2⁻⁵³: rounding could change its sign.
/// Cost:    n³/3 flops.  Ref: Higham, Accuracy and Stability of Numerical Algorithms (2002), §10.
Cholesky cholesky(const MatRef& A);

}  // namespace mathtool::math
