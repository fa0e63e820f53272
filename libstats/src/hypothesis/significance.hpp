#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

/// How statistics become p-values and intervals, for all tests.
namespace mathtool::stats {

inline void require_level(double level) {
  require(level > 0 && level < 1, "test: level must be in (0, 1), got {}", level);
}

/// Of a probability, at most 1 but for its rounding.
inline void set_p_value(TestResult& result, Extended p) {
  p = std::clamp(p, Extended(0), Extended(1));
  result.p_value = static_cast<double>(p);
  result.log10_p = static_cast<double>(std::log10(p));
}

/// P(X > statistic).
template <UnivariateDistribution D>
void set_upper_p_value(TestResult& result, const D& d) {
  result.p_value = survival(d, result.statistic);
  result.log10_p = log_survival(d, result.statistic) / std::numbers::ln10;
}

/// By the alternative, for a distribution that is symmetric about 0.
template <UnivariateDistribution D>
void set_symmetric_p_value(TestResult& result, const D& d) {
  const double x = result.statistic;
  const bool both = result.alternative == Alternative::two_sided;
  const double toward = both ? std::abs(x) : result.alternative == Alternative::less ? -x : x;
  result.p_value = (both ? 2 : 1) * survival(d, toward);
  result.log10_p = (log_survival(d, toward) + (both ? std::numbers::ln2 : 0)) / std::numbers::ln10;
}

/// estimate ± quantile · standard error, open on the side of the alternative.
template <UnivariateDistribution D>
Interval interval_about(double estimate, double standard_error, const D& d,
                        const TestOptions& options) {
  const double left_out = 1 - options.level;
  if (options.alternative == Alternative::less)
    return {-infinity, estimate + quantile_survival(d, left_out) * standard_error};
  if (options.alternative == Alternative::greater)
    return {estimate - quantile_survival(d, left_out) * standard_error, infinity};
  const double reach = quantile_survival(d, left_out / 2) * standard_error;
  return {estimate - reach, estimate + reach};
}

}  // namespace mathtool::stats
