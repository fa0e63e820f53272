#pragma once

namespace mathtool::stats {

/// Where a quantile lies among n ordered samples x₍₁₎ ≤ ... ≤ x₍ₙ₎:
/// x₍low₎ + fraction · (x₍high₎ − x₍low₎).
struct SamplePosition {
  double low, high;  ///< ranks in [1, n], high = low or low + 1
  double fraction;   ///< in [0, 1]
};

/// Throws: DomainError unless 0 ≤ p ≤ 1 and 1 ≤ type ≤ 9. Pre: n ≥ 1.
/// Ref: Hyndman & Fan, Sample quantiles in statistical packages (1996).
SamplePosition sample_position(double p, double n, int type);

}  // namespace mathtool::stats
