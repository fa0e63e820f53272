#pragma once

#include "mathtool/stats/metrics/ranked_scores.hpp"

namespace mathtool::stats {

/// Proper scoring rules of probabilities p of the positive class, y being 1 for a positive
/// observation and 0 for a negative one. NaN for none.
///
/// Throws: DomainError unless all scores are in [0, 1].

/// In nats; ∞ where a probability of 0 or 1 proved wrong. Probabilities are taken as they are, not
/// clipped.
///     −mean(y log p + (1 − y) log(1 − p))
double log_loss(const RankedScores& ranked);

///     mean((p − y)²)
/// Ref: Brier, Verification of forecasts expressed in terms of probability (1950).
double brier_score(const RankedScores& ranked);

}  // namespace mathtool::stats
