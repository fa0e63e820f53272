#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// P(a, x) = γ(a, x)/Γ(a) and Q(a, x) = 1 − P. Pre: a > 0, x ≥ 0.
/// Cost:    below 10 µs, also for a = 1e308.
Tails gamma_tails(Extended a, Extended x);

/// log P or log Q where it is too small for any number.
Extended log_gamma_tail(Extended a, Extended x, Tail tail);

/// log(xᵃ e⁻ˣ / Γ(a + 1)), without the cancellation of its terms for large a.
/// Ref: Loader, Fast and accurate computation of binomial probabilities (2000).
Extended log_gamma_weight(Extended a, Extended x);

/// log Γ(a + 1) − (a + ½) log a + a − ½ log 2π: the error of Stirling's formula.
Extended stirling_error(Extended a);

/// a log(a/x) − a + x, exact to its last bits also where a ≈ x, if x − a is.
Extended deviance(Extended a, Extended x, Extended difference);
inline Extended deviance(Extended a, Extended x) { return deviance(a, x, x - a); }

Extended log_gamma(Extended a);
Extended digamma(Extended a);

}  // namespace mathtool::stats
