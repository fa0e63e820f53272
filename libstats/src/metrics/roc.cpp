#include "mathtool/stats/metrics/roc.hpp"

#include <algorithm>
#include <cmath>

#include "distribution_quantiles.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

/// For each score, how much of `weights` ranks lower than it, ties counting half: DeLong's
/// placements, not yet divided by the total.
std::vector<double> placements_from(const std::vector<double>& weights, bool from_the_top) {
  const std::size_t n = weights.size();
  std::vector<double> placements(n);
  math::CompensatedSum passed;
  for (std::size_t step = 0; step < n; ++step) {
    const std::size_t i = from_the_top ? step : n - 1 - step;
    placements[i] = passed.value() + weights[i] / 2;
    passed += weights[i];
  }
  return placements;
}

/// Σ w (v − mean)² / (W − 1) / W: the variance of the mean of the placements v.
double variance_of_mean(const std::vector<double>& placements, double divisor,
                        const std::vector<double>& weights, double total, double mean) {
  math::CompensatedSum squares;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double deviation = placements[i] / divisor - mean;
    squares += weights[i] * deviation * deviation;
  }
  return squares.value() / (total - 1) / total;
}

}  // namespace

std::vector<RocPoint> roc_curve(const RankedScores& ranked) {
  const double m = ranked.positive_total, n = ranked.negative_total;
  std::vector<RocPoint> curve{{0 / n, 0 / m, infinity}};
  math::CompensatedSum positives, negatives;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    positives += ranked.positives[i];
    negatives += ranked.negatives[i];
    curve.push_back({negatives.value() / n, positives.value() / m, ranked.scores[i]});
  }
  return curve;
}

RocArea roc_area(const RankedScores& ranked, const RocAreaOptions& options) {
  require(0 < options.level && options.level < 1, "roc_area: level must be in (0, 1), got {}",
          options.level);
  const double m = ranked.positive_total, n = ranked.negative_total;
  RocArea result{not_a_number, not_a_number, not_a_number, not_a_number, {}};
  if (m == 0 || n == 0) {
    result.reason = m == 0 ? "there is no positive row" : "there is no negative row";
    return result;
  }
  const std::vector<double> below = placements_from(ranked.negatives, false),
                            above = placements_from(ranked.positives, true);
  math::CompensatedSum pairs;
  for (std::size_t i = 0; i < ranked.size(); ++i) pairs += ranked.positives[i] * (below[i] / n);
  result.area = pairs.value() / m;
  if (m <= 1 || n <= 1) {
    result.reason = "it needs more than one row of each class";
    return result;
  }
  const double variance = variance_of_mean(below, n, ranked.positives, m, result.area) +
                          variance_of_mean(above, m, ranked.negatives, n, result.area);
  result.std_error = std::sqrt(variance);
  const double reach = normal_quantile((1 + options.level) / 2) * result.std_error;
  result.ci_low = std::max(0.0, result.area - reach);
  result.ci_high = std::min(1.0, result.area + reach);
  if (result.area == 0 || result.area == 1)
    result.reason =
        "has no width, as the classes do not overlap and DeLong's variance is 0; that is no "
        "certainty";
  return result;
}

}  // namespace mathtool::stats
