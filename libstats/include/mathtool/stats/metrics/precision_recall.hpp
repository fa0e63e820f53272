#pragma once

#include <vector>

#include "mathtool/stats/metrics/ranked_scores.hpp"

namespace mathtool::stats {

struct PrecisionRecallPoint {
  double recall = 0, precision = 0;
  double threshold = 0;  ///< positive where score ≥ threshold
};

/// Precision against recall: from (0, 1) at threshold ∞, which is convention, by every different
/// score down to the share of positives at recall 1. Recall is NaN where there is no positive.
std::vector<PrecisionRecallPoint> precision_recall_curve(const RankedScores& ranked);

/// The sum of precisions weighted by the recall that each threshold gains; no interpolation, which
/// would flatter.
///     AP = Σ (Rᵢ − Rᵢ₋₁) Pᵢ
/// NaN where there is no positive.
double average_precision(const RankedScores& ranked);

}  // namespace mathtool::stats
