#include "mathtool/stats/hypothesis/variance_test.hpp"

#include <fmt/format.h>

#include <cmath>

#include "mathtool/stats/distributions/f.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {
namespace {

Interval ratio_interval(double estimate, const F& f, const TestOptions& options) {
  const double left_out = 1 - options.level;
  if (options.alternative == Alternative::less) return {0, estimate / quantile(f, left_out)};
  if (options.alternative == Alternative::greater)
    return {estimate / quantile_survival(f, left_out), infinity};
  return {estimate / quantile_survival(f, left_out / 2), estimate / quantile(f, left_out / 2)};
}

}  // namespace

TestResult variance_test(const Moments& x, const Moments& y, double ratio,
                         const TestOptions& options) {
  require_level(options.level);
  require(ratio > 0 && std::isfinite(ratio), "F test: the ratio must be > 0, got {}", ratio);
  for (const Moments* sample : {&x, &y}) {
    require_values(*sample, 2);
    require_spread(sample->variance() > 0, *sample);
  }
  const double m = x.weight() - 1, n = y.weight() - 1;
  const F f(m, n);
  TestResult result{.method = "F test of two variances",
                    .null_hypothesis = ratio == 1
                                           ? "the variances are equal"
                                           : fmt::format("the ratio of variances is {}", ratio),
                    .statistic_name = "F",
                    .df = {m, n},
                    .alternative = options.alternative,
                    .estimate_name = "ratio of variances",
                    .estimate = x.variance() / y.variance(),
                    .n = x.weight() + y.weight()};
  result.statistic = result.estimate / ratio;
  const double below = cdf(f, result.statistic), above = survival(f, result.statistic);
  const bool two_sided = options.alternative == Alternative::two_sided;
  const bool lower = options.alternative == Alternative::less || (two_sided && below < above);
  const double factor = two_sided ? 2 : 1;
  result.p_value = std::min(1.0, factor * (lower ? below : above));
  const double log_p = lower ? log_cdf(f, result.statistic) : log_survival(f, result.statistic);
  result.log10_p = std::min(0.0, (log_p + std::log(factor)) / std::numbers::ln10);
  result.ci = ratio_interval(result.estimate, f, options);
  const Interval both = ratio_interval(result.estimate, f, {.level = options.level});
  result.effect_size = {"ratio of standard deviations",
                        std::sqrt(result.estimate),
                        {std::sqrt(both.low), std::sqrt(both.high)}};
  return result;
}

}  // namespace mathtool::stats
