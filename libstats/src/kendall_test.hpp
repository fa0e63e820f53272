#pragma once

namespace mathtool::stats {

/// Sums over the groups of ties of a column; t counts the rows of a group.
struct TieSums {
  double pairs = 0.0;     ///< Σ t (t − 1)
  double triples = 0.0;   ///< Σ t (t − 1) (t − 2)
  double variance = 0.0;  ///< Σ t (t − 1) (2 t + 5)
};

/// Exact, without ties: P of at most min(discordant, concordant) inversions or as many on the other
/// side, in a random order of n rows. Pre: 2 ≤ n < 100.
double kendall_exact_p_value(double n, double discordant);

/// Of concordant − discordant by the normal approximation. Pre: n > 2.
/// Ref: Kendall, Rank Correlation Methods (1970), eq. 4.3.
double kendall_normal_p_value(double n, double difference, const TieSums& x, const TieSums& y);

}  // namespace mathtool::stats
