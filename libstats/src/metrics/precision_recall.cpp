#include "mathtool/stats/metrics/precision_recall.hpp"

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::stats {

std::vector<PrecisionRecallPoint> precision_recall_curve(const RankedScores& ranked) {
  const double m = ranked.positive_total;
  std::vector<PrecisionRecallPoint> curve{{m > 0 ? 0 : not_a_number, 1, infinity}};
  math::CompensatedSum positives, negatives;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    positives += ranked.positives[i];
    negatives += ranked.negatives[i];
    curve.push_back({m > 0 ? positives.value() / m : not_a_number,
                     positives.value() / (positives.value() + negatives.value()),
                     ranked.scores[i]});
  }
  return curve;
}

double average_precision(const RankedScores& ranked) {
  if (ranked.positive_total == 0) return not_a_number;
  math::CompensatedSum positives, negatives, area;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    positives += ranked.positives[i];
    negatives += ranked.negatives[i];
    area += ranked.positives[i] * (positives.value() / (positives.value() + negatives.value()));
  }
  return area.value() / ranked.positive_total;
}

}  // namespace mathtool::stats
