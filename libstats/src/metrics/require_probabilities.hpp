#pragma once

#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/ranked_scores.hpp"

namespace mathtool::stats {

/// Throws: DomainError unless all scores are in [0, 1].
inline void require_probabilities(const RankedScores& ranked) {
  if (!ranked.are_probabilities())
    throw DomainError(fmt::format("probabilities must be in [0, 1], got {} to {}",
                                  ranked.scores.back(), ranked.scores.front()));
}

}  // namespace mathtool::stats
