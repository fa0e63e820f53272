#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// The probability that the distribution function of n uniform observations stays closer than t/n
/// to that of their law, and its derivative in t.
struct LogBand {
  Extended probability, slope;  ///< logarithms
};

/// Kemperman: with φ_c(s) = ∑ (−s)ʲ (c − j)ʲ/j! over 0 ≤ j < c, the probability is n!/nⁿ times the
/// coefficient of sⁿ in φ_t(s)²/φ_2t(s). With α(y) = atan(1/y − cot y), the poles are at
/// s(y) = y/sin y · exp(−y cot y), 2ty + α(y) = kπ, and
///     P = n!/nⁿ ∑ (1 − (−1)ᵏ sec α(y)) / (2t + α′(y)) s(y)⁻ⁿ,   k = 1, 2, …,
/// but for terms of the order of exp(−2.09 t). For n → ∞ it is Kolmogorov's series.
/// Pre:     band_series_holds.
/// Error:   1e-16 relative, of 1 − P too as long as that is above 1e-5.
/// Cost:    some microseconds for every n.
/// Ref:     Kemperman, The Passage Problem for a Stationary Markov Chain (1961).
LogBand band_series(Extended n, Extended t);
bool band_series_holds(Extended n, Extended t);

/// Durbin's matrix, of 2⌈t⌉ − 1 rows, of which the n-th power is taken.
/// Pre:     t > 1.
/// Cost:    growing with t³ log n, 2 to 4 ms for t = 15 up to n = 1e5, 12 ms for n = 1e15.
/// Ref:     Marsaglia, Tsang & Wang, Evaluating Kolmogorov's distribution (2003).
LogBand band_matrix(Extended n, Extended t);

}  // namespace mathtool::stats
