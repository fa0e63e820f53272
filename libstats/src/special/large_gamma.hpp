#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// P(a, x) or Q(a, x) for large a, uniformly in x:
///     Q = ½ erfc(η √(a/2)) + exp(−aη²/2)/√(2πa) ∑ cₖ(η) a⁻ᵏ,   η²/2 = x/a − 1 − log(x/a)
/// Pre:     a ≥ 1000; 0.4 ≤ x/a ≤ 2.
/// Error:   1e-17 relative, and 5e-20 · aη²/2 in the far tails.
/// Ref:     Temme (1979); DLMF 8.12.8 to 8.12.12.
Extended large_gamma_tail(Extended a, Extended x, Tail tail);

/// The logarithm where it is too small for any number.
Extended log_large_gamma_tail(Extended a, Extended x, Tail tail);

}  // namespace mathtool::stats
