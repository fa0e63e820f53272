#include "mathtool/stats/hypothesis/kruskal_wallis.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "mathtool/stats/mid_ranks.hpp"
#include "noncentrality.hpp"
#include "significance.hpp"

namespace mathtool::stats {

TestResult kruskal_wallis_test(std::span<const std::vector<double>> groups, double level) {
  require_level(level);
  require<InsufficientDataError>(groups.size() >= 2,
                                 "groups are compared, two at least; there {} {}",
                                 groups.size() == 1 ? "is" : "are", groups.size());
  std::vector<double> all;
  for (const std::vector<double>& group : groups) {
    require<InsufficientDataError>(!group.empty(), "a group has no value");
    all.insert(all.end(), group.begin(), group.end());
  }
  const MidRanks ranked = mid_ranks_of(all);
  const auto n = static_cast<double>(all.size());
  const double untied = n * n * n - n - ranked.tie_sum;
  require<InsufficientDataError>(untied > 0, "all values equal {}; nothing can be ranked",
                                 all.front());
  // H as the squares of mean ranks about their mean: nothing large is subtracted.
  math::CompensatedSum squares;
  std::size_t next = 0;
  double smallest = infinity;
  for (const std::vector<double>& group : groups) {
    math::CompensatedSum sum;
    for (std::size_t i = 0; i < group.size(); ++i) sum += ranked.ranks[next++];
    const auto size = static_cast<double>(group.size());
    const double gap = sum.value() / size - (n + 1) / 2;
    squares += size * gap * gap;
    smallest = std::min(smallest, size);
  }
  const double df = static_cast<double>(groups.size()) - 1;
  TestResult result{.method = "Kruskal and Wallis's rank test",
                    .null_hypothesis = "all groups come from one distribution",
                    .statistic_name = "H",
                    .statistic = 12 * squares.value() * (n - 1) / untied,
                    .df = {df},
                    .alternative = Alternative::greater,
                    .n = n};
  set_upper_p_value(result, ChiSquared(df));
  const Interval nc = noncentral_chi_squared_interval(result.statistic, df, level);
  const auto share = [&](double x) { return std::min(1.0, x / (n - 1)); };
  result.effect_size = {
      "epsilon squared", share(result.statistic), {share(nc.low), share(nc.high)}};
  result.estimate_name = result.effect_size.name;
  result.estimate = result.effect_size.value;
  result.ci = result.effect_size.ci;
  if (smallest < 5)
    result.notes.push_back(
        "a group has fewer than 5 values: the p-value is rough; --permutation 9999 needs no table");
  return result;
}

}  // namespace mathtool::stats
