#include "mathtool/stats/metrics/scoring_rules.hpp"

#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "metrics/require_probabilities.hpp"

namespace mathtool::stats {
namespace {

/// The weighted mean of what a positive and a negative observation lose by a probability.
template <class Positive, class Negative>
double mean_loss(const RankedScores& ranked, Positive of_positive, Negative of_negative) {
  require_probabilities(ranked);
  math::CompensatedSum loss;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    // What does not occur loses nothing, also where it would lose without end.
    if (ranked.positives[i] > 0) loss += ranked.positives[i] * of_positive(ranked.scores[i]);
    if (ranked.negatives[i] > 0) loss += ranked.negatives[i] * of_negative(ranked.scores[i]);
  }
  return ranked.total() > 0 ? loss.value() / ranked.total() : not_a_number;
}

}  // namespace

double log_loss(const RankedScores& ranked) {
  // log 1 = 0, not −0, which the sign would make of it.
  return mean_loss(
      ranked, [](double p) { return 0.0 - std::log(p); },
      [](double p) { return 0.0 - std::log1p(-p); });
}

double brier_score(const RankedScores& ranked) {
  return mean_loss(
      ranked, [](double p) { return (1 - p) * (1 - p); }, [](double p) { return p * p; });
}

}  // namespace mathtool::stats
