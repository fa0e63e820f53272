#pragma once

#include <cmath>
#include <cstdint>

#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "rank_sums.hpp"
#include "significance.hpp"

namespace mathtool::stats {

/// By counting: a tail at the statistic, or twice the smaller one.
inline void set_counted_p_value(TestResult& result, const RankSums& sums, double statistic) {
  switch (result.alternative) {
    case Alternative::less: return set_p_value(result, sums.at_most(statistic));
    case Alternative::greater: return set_p_value(result, sums.at_least(statistic));
    case Alternative::two_sided: break;
  }
  set_p_value(result, 2 * std::min(sums.at_most(statistic), sums.at_least(statistic)));
}

/// By the normal distribution, half a step nearer to its centre.
inline void set_normal_p_value(TestResult& result, double distance, double deviation,
                               bool continuity) {
  double correction = 0;
  if (continuity && result.alternative == Alternative::two_sided)
    correction = distance > 0 ? 0.5 : distance < 0 ? -0.5 : 0;
  else if (continuity)
    correction = result.alternative == Alternative::greater ? 0.5 : -0.5;
  TestResult z{.statistic = (distance - correction) / deviation, .alternative = result.alternative};
  set_symmetric_p_value(z, Normal());
  result.p_value = z.p_value;
  result.log10_p = z.log10_p;
}

/// How many of the ordered combinations an interval leaves out on either side; 0: none.
inline std::int64_t left_out_by_normal(double centre, double deviation, double left_out) {
  const double quantile = centre - quantile_survival(Normal(), left_out) * deviation;
  return std::max<std::int64_t>(1, std::llround(quantile));
}

}  // namespace mathtool::stats
