#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// log Γ(1 + x), to its last bits also for tiny x. Pre: x > −1.
Extended log_gamma_one_plus(Extended x);

/// log a − ψ(a), which is close to 1/(2a) for large a. Pre: a > 0.
Extended digamma_gap(Extended a);

/// Entropy of the gamma distribution of scale 1, without the cancellation of its terms for large a.
Extended gamma_entropy(Extended a);

/// √(df/2) Γ((df − 1)/2)/Γ(df/2), which is E √(df/χ²). Pre: df > 1.
Extended inverse_chi_mean(Extended df);

/// eˣ E₁(x), of the exponential integral. Pre: x > 0.
Extended scaled_exponential_integral(Extended x);

}  // namespace mathtool::stats
