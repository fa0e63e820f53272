#include "mathtool/stats/hypothesis/bartlett.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {

TestResult bartlett_test(std::span<const Moments> groups) {
  require<InsufficientDataError>(groups.size() >= 2,
                                 "variances are compared between two groups at least, got {}",
                                 groups.size());
  math::CompensatedSum df, squares, reciprocals, n;
  double smallest = infinity, largest = 0;
  for (const Moments& group : groups) {
    require_values(group, 2);
    require_spread(group.variance() > 0, group);
    df += group.weight() - 1;
    n += group.weight();
    squares += group.squares();
    reciprocals += 1 / (group.weight() - 1);
    smallest = std::min(smallest, group.variance());
    largest = std::max(largest, group.variance());
  }
  const auto k = static_cast<double>(groups.size());
  const double pooled = squares.value() / df.value();
  math::CompensatedSum sum;  // of logarithms of ratios: units and magnitudes cancel before
  for (const Moments& group : groups)
    sum += (group.weight() - 1) * -std::log(group.variance() / pooled);
  TestResult result{.method = "Bartlett's test of equal variances",
                    .null_hypothesis = "the variances of all groups are equal",
                    .statistic_name = "K squared",
                    .df = {k - 1},
                    .alternative = Alternative::greater,
                    .n = n.value()};
  const double correction = 1 + (reciprocals.value() - 1 / df.value()) / (3 * (k - 1));
  result.statistic = std::max(0.0, sum.value()) / correction;
  set_upper_p_value(result, ChiSquared(k - 1));
  result.estimate_name = "largest / smallest variance";
  result.estimate = largest / smallest;
  result.effect_size.name = "largest / smallest standard deviation";
  result.effect_size.value = std::sqrt(largest / smallest);
  return result;
}

}  // namespace mathtool::stats
