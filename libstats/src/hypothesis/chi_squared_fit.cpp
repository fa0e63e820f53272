#include "mathtool/stats/hypothesis/chi_squared_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "counts.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "noncentrality.hpp"
#include "significance.hpp"

namespace mathtool::stats {

TestResult chi_squared_fit_test(std::span<const double> counts, std::span<const double> weights,
                                double level) {
  require_level(level);
  require_counts(counts);
  require<DimensionError>(weights.empty() || weights.size() == counts.size(),
                          "chi-squared fit: {} counts, but {} weights", counts.size(),
                          weights.size());
  require_counts(weights);
  require<InsufficientDataError>(counts.size() >= 2,
                                 "there is one level only; a distribution over levels needs two");
  const double n = math::compensated_sum(counts);
  const double all =
      weights.empty() ? static_cast<double>(counts.size()) : math::compensated_sum(weights);
  require<InsufficientDataError>(n > 0, "there is nothing counted");
  require<InsufficientDataError>(std::isfinite(n), "the counts are too large to be added");
  require(all > 0, "chi-squared fit: all expected probabilities are 0");
  math::CompensatedSum sum;
  double smallest = infinity;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = n * ((weights.empty() ? 1 : weights[i]) / all);
    require<InsufficientDataError>(expected > 0 || counts[i] == 0,
                                   "a level of probability 0 was counted {} times", counts[i]);
    if (!(expected > 0)) continue;
    smallest = std::min(smallest, expected);
    const double gap = counts[i] - expected;
    sum += gap * (gap / expected);
  }
  const double df = static_cast<double>(counts.size()) - 1;
  TestResult result{.method = "chi-squared test of given probabilities",
                    .null_hypothesis = weights.empty() ? "all levels are equally likely"
                                                       : "the levels have the given probabilities",
                    .statistic_name = "chi squared",
                    .statistic = sum.value(),
                    .df = {df},
                    .alternative = Alternative::greater,
                    .n = n};
  set_upper_p_value(result, ChiSquared(df));
  const Interval nc = noncentral_chi_squared_interval(result.statistic, df, level);
  result.effect_size = {"Cohen's w",
                        std::sqrt(result.statistic / n),
                        {std::sqrt(nc.low / n), std::sqrt(nc.high / n)}};
  result.estimate_name = result.effect_size.name;
  result.estimate = result.effect_size.value;
  result.ci = result.effect_size.ci;
  note_small_expectation(result, smallest, "join rare levels");
  return result;
}

}  // namespace mathtool::stats
