#pragma once

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The condition number in the spectral norm: by how much A can magnify a relative error.
///     κ(A) = σ₁ / σ_k,  k = min(n, p)
///
/// Shapes:  A is n × p, not empty.  Throws: DimensionError; DomainError if A is not finite.
/// Returns: `suspicious` where κ u ≥ 1/10, u = 2⁻⁵³: rounding hides how small σ_k is, and κ may be
///          anything above; ∞ where σ_k is 0 or underflows against σ₁.
/// Error:   p u κ², the effect of rounding on σ_k.
/// Cost:    O(n p min(n, p)).
Estimate condition_number(const MatRef& A);

}  // namespace mathtool::math
