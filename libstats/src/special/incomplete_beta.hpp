#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// I_x(a, b) = B(x; a, b)/B(a, b) and what it leaves of 1. Pre: a, b > 0; x, y ≥ 0 and x + y = 1,
/// of which the smaller one is exact.
Tails beta_tails(Extended a, Extended b, Extended x, Extended y);

/// The logarithm of the lower one where it is too small for any number.
Extended log_lower_beta_tail(Extended a, Extended b, Extended x, Extended y);

/// log I_x(a, b), or log I_y(b, a), however small.
Extended log_beta_tail(Extended a, Extended b, Extended x, Extended y, Tail tail);

/// The x at which a tail is p, and 1 − x: {x, y}. Pre: 0 < p < 1.
struct BetaPoint {
  Extended x, y;
};
BetaPoint beta_quantile(Extended a, Extended b, Extended p, Tail tail);

/// log(Γ(k + m + 1)/(Γ(k + 1) Γ(m + 1)) pᵏ qᵐ), without the cancellation of its terms.
/// Pre: k, m ≥ 0; p + q = 1.
/// Ref: Loader, Fast and accurate computation of binomial probabilities (2000).
Extended log_binomial_weight(Extended k, Extended m, Extended p, Extended q);

/// log(xᵃ yᵇ / B(a, b)). Pre: a, b > 0; x + y = 1.
Extended log_beta_weight(Extended a, Extended b, Extended x, Extended y);

Extended log_beta(Extended a, Extended b);

}  // namespace mathtool::stats
