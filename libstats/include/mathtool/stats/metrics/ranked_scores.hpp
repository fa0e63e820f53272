#pragma once

#include <span>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// Scores of one class with their frequencies; no frequencies: each counts 1.
struct ScoreSample {
  std::span<const double> scores = {};
  std::span<const double> weights = {};
};

/// How positive and negative observations rank by a score: all that ROC curves, precision-recall
/// curves and scoring rules depend on.
struct RankedScores {
  std::vector<double> scores = {};     ///< the different ones, from the highest down
  std::vector<double> positives = {};  ///< weight of the positive observations at each, ≥ 0
  std::vector<double> negatives = {};
  double positive_total = 0, negative_total = 0;

  std::size_t size() const { return scores.size(); }
  double total() const { return positive_total + negative_total; }
  /// Whether every score lies in [0, 1].
  bool are_probabilities() const {
    return scores.empty() || (scores.front() <= 1 && scores.back() >= 0);
  }
};

/// Sorts and counts. Observations of weight 0 are left out.
/// Throws: DimensionError unless there are as many weights as scores, or none; DomainError for NaN
///         and for weights that are negative or not finite; InsufficientDataError for infinite
///         scores.
/// Cost:   O(n log n), without weights O(n).
RankedScores rank_scores(const ScoreSample& positives, const ScoreSample& negatives);

/// The same of one list, with the class of each score beside it.
RankedScores rank_scores(std::span<const double> scores, const std::vector<bool>& is_positive,
                         std::span<const double> weights = {});

/// Counts where a score ≥ threshold predicts positive: 2 × 2, rows true, negative before positive.
Mat counts_at(const RankedScores& ranked, double threshold);

}  // namespace mathtool::stats
