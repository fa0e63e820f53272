#pragma once

#include "mathtool/math/exact.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The determinant of whole numbers by elimination that divides without remainder.
///
/// Pre:  A is square, its entries are whole.  Cost: n³ operations on numbers of up to n times the
///       digits of the entries.
/// Ref:  Bareiss, Sylvester's identity and multistep integer-preserving Gaussian elimination
/// (1968).
Integer exact_determinant(const MatRef& A);

}  // namespace mathtool::math
