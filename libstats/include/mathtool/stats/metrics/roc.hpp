#pragma once

#include <string>
#include <vector>

#include "mathtool/stats/metrics/ranked_scores.hpp"

namespace mathtool::stats {

/// What share of the negatives and of the positives a threshold predicts as positive.
struct RocPoint {
  double fpr = 0, tpr = 0;
  double threshold = 0;  ///< positive where score ≥ threshold
};

/// The receiver operating characteristic: from (0, 0) at threshold ∞ by every different score down
/// to (1, 1). Rates of a class without observations are NaN.
std::vector<RocPoint> roc_curve(const RankedScores& ranked);

struct RocAreaOptions {
  double level = 0.95;  ///< of the interval, in (0, 1)
};

struct RocArea {
  double area = 0;       ///< NaN unless both classes occur
  double std_error = 0;  ///< NaN unless both classes have a weight of more than 1
  double ci_low = 0, ci_high = 0;
  std::string reason = {};  ///< why something is NaN, or what of the interval is odd
};

/// The area under the ROC curve: how likely a positive scores higher than a negative, ties counting
/// half; Mann and Whitney's U by the number of pairs.
///     A = P(X > Y) + ½ P(X = Y),     V₁₀(x) = P(Y < x) + ½ P(Y = x),     V₀₁(y) likewise
///     std_error² = var V₁₀ / m + var V₀₁ / n,     A ± z std_error, cut off at 0 and 1
/// Variances divide by m − 1 and n − 1; weights are frequencies.
///
/// Throws: DomainError if the level is out of range.
/// Error:  a few units in the last place.     Cost: O(different scores).
/// Ref:    DeLong, DeLong & Clarke-Pearson, Comparing the areas under two or more correlated ROC
///         curves (1988); Sun & Xu, Fast implementation of DeLong's algorithm (2014).
RocArea roc_area(const RankedScores& ranked, const RocAreaOptions& options = {});

}  // namespace mathtool::stats
