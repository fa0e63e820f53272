#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The thin Q of A = Q R by Householder reflections: orthonormal to rounding whatever A is; its
/// columns span those of A where A has full rank.
///
/// Shapes: A is n × k with n ≥ k, Q is n × k.  Throws: DimensionError.  Cost: 4 n k² flops.
Mat orthonormal_basis(const MatRef& A);

}  // namespace mathtool::math
