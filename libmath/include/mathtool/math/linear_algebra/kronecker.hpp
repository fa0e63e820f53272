#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The Kronecker product A ⊗ B: every entry of A times the whole of B.
///     (A ⊗ B)(i·m + k, j·q + l) = A(i, j) B(k, l)
///
/// Shapes: A is n × p, B is m × q, the result n m × p q.  Throws: DimensionError where that has
///         more entries than can be numbered.
Mat kronecker(const MatRef& A, const MatRef& B);

}  // namespace mathtool::math
