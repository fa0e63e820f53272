#include "mathtool/stats/hypothesis/tukey.hpp"

#include <cmath>

#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"
#include "mathtool/stats/hypothesis/studentized_range.hpp"
#include "spread.hpp"

namespace mathtool::stats {

std::vector<GroupDifference> tukey_differences(std::span<const Moments> groups, double level,
                                               int threads) {
  const AnovaRow residuals = anova(groups, level).table.back();
  const auto k = std::ssize(groups);
  const StudentizedRange range(static_cast<double>(k), residuals.df);
  const double reach = range.quantile_survival(1 - level);
  std::vector<GroupDifference> pairs;
  for (Index b = 0; b < k; ++b)
    for (Index a = b + 1; a < k; ++a) pairs.push_back({.a = a, .b = b});
  math::parallel_for(
      std::ssize(pairs),
      [&](Index i) {
        GroupDifference& pair = pairs[static_cast<std::size_t>(i)];
        const Moments& a = groups[static_cast<std::size_t>(pair.a)];
        const Moments& b = groups[static_cast<std::size_t>(pair.b)];
        const double error = std::sqrt(residuals.ms / 2 * (1 / a.weight() + 1 / b.weight()));
        pair.difference = difference_of_means(a, b);
        pair.ci = {pair.difference - reach * error, pair.difference + reach * error};
        pair.p_value = range.survival(std::abs(pair.difference) / error);
      },
      threads);
  return pairs;
}

}  // namespace mathtool::stats
