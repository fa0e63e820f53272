#pragma once

#include <span>
#include <vector>

namespace mathtool::math {

/// The zeros in [−1, 1] of Σ cₖ Tₖ, ascending; coefficients of at most `noise` at the end do not
/// count, and a series within noise of 0 has none. Zeros 1e-8 beyond an end count as at that end.
///
/// Ref: Boyd, Solving Transcendental Equations (2014), §3.3: eigenvalues of the colleague matrix.
std::vector<double> chebyshev_zeros(std::span<const double> c, double noise);

}  // namespace mathtool::math
