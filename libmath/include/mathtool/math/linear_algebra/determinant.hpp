#pragma once

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The determinant. Of whole numbers (below 2⁵³, up to 64 rows) it is exact; all other matrices are
/// eliminated in doubled precision (32 digits), so that the result is right to the last digits even
/// where A is nearly singular.
///
/// Shapes:  A is n × n; 1 for n = 0.
/// Throws:  DimensionError; DomainError if A is not finite; Stopped.
/// Returns: `suspicious` where the error reaches the value or a pivot could be rounding of the
///          entries of A: it may be singular; `not_finite` where
///          the determinant is beyond the range of a double (the reason tells its logarithm).
/// Error:   of whole numbers what rounding to a double takes, 0 below 2⁵³; else the rounding of
///          the result plus that of the elimination.
/// Cost:    n³/3 multiplications of doubled precision; whole numbers n³, of growing length.
/// Ref:     Bareiss, Sylvester's identity and multistep integer-preserving Gaussian elimination
///          (1968).
Estimate determinant(const MatRef& A, const StopToken& stop = {});

}  // namespace mathtool::math
