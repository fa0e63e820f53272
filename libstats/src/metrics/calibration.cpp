#include "mathtool/stats/metrics/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "metrics/require_probabilities.hpp"

namespace mathtool::stats {

std::vector<CalibrationBin> calibration_table(const RankedScores& ranked,
                                              const CalibrationOptions& options) {
  require(options.bins >= 1, "calibration_table: bins must be >= 1, got {}", options.bins);
  require_probabilities(ranked);
  struct Sums {
    math::CompensatedSum weight, predicted, observed;
  };
  const auto bins = static_cast<std::size_t>(options.bins);
  const auto edge = [bins](std::size_t k) {
    return static_cast<double>(k) / static_cast<double>(bins);
  };
  std::vector<Sums> sums(bins);
  std::size_t bin = bins - 1;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    while (bin > 0 && ranked.scores[i] <= edge(bin)) --bin;
    const double weight = ranked.positives[i] + ranked.negatives[i];
    sums[bin].weight += weight;
    sums[bin].predicted += weight * ranked.scores[i];
    sums[bin].observed += ranked.positives[i];
  }
  std::vector<CalibrationBin> table;
  for (std::size_t k = 0; k < bins; ++k) {
    const double count = sums[k].weight.value();
    const auto mean = [count](const math::CompensatedSum& sum) {
      return count > 0 ? sum.value() / count : not_a_number;
    };
    table.push_back({edge(k), edge(k + 1), count, mean(sums[k].predicted), mean(sums[k].observed)});
  }
  return table;
}

double expected_calibration_error(const std::vector<CalibrationBin>& table) {
  math::CompensatedSum distance, total;
  for (const CalibrationBin& bin : table) {
    if (bin.count == 0) continue;
    distance += bin.count * std::abs(bin.observed - bin.predicted);
    total += bin.count;
  }
  return total.value() > 0 ? distance.value() / total.value() : not_a_number;
}

}  // namespace mathtool::stats
