#pragma once

#include "calculus/accelerate_track.hpp"
#include "calculus/way.hpp"

namespace mathtool::math {

/// Σ term(k), k ≥ first, of terms that keep their sign and decrease slowly, made an alternating
/// series:
///     Σ aₖ = Σ (−1)ᵏ⁻¹ bₖ,   bₖ = aₖ + 2 a₂ₖ + 4 a₄ₖ + ...
///
/// No index beyond 2^64 first is read.
/// Ref: van Wijngaarden, in: Goodwin (ed.), Modern computing methods (1961).
Consensus condensed_sum(FunctionRef<Sample(const FiftyDigits& k)> term, const FiftyDigits& first);

}  // namespace mathtool::math
