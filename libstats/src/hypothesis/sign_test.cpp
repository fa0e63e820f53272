#include "mathtool/stats/hypothesis/sign_test.hpp"

#include <fmt/format.h>

#include "binomial_tails.hpp"
#include "mathtool/stats/distributions/binomial.hpp"
#include "mathtool/stats/sample_median.hpp"
#include "order_statistics.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

/// From the k-th least value to the k-th largest, with P(K < k) ≤ what may be left out on a side.
Interval median_interval(std::span<const double> x, const TestOptions& options) {
  const auto n = static_cast<double>(x.size());
  const double side = (1 - options.level) / (options.alternative == Alternative::two_sided ? 2 : 1);
  const Binomial d(n, 0.5);
  double k = quantile(d, side);
  if (cdf(d, k) <= side) k += 1;  // P(K ≤ k − 1) ≤ side
  Interval ci{-infinity, infinity};
  if (k < 1) return ci;
  const auto place = static_cast<std::size_t>(k) - 1;
  if (options.alternative != Alternative::less) ci.low = x[place];
  if (options.alternative != Alternative::greater) ci.high = x[x.size() - 1 - place];
  return ci;
}

}  // namespace

TestResult sign_test(std::span<const double> x, double mu, const TestOptions& options) {
  require_level(options.level);
  double above = 0, below = 0;
  for (const double value : x) {
    above += value > mu;
    below += value < mu;
  }
  const double trials = above + below;
  require<InsufficientDataError>(trials > 0, "no value differs from {}", mu);
  TestResult result{.method = "sign test",
                    .null_hypothesis = fmt::format("the median is {}", mu),
                    .statistic_name = "values above",
                    .statistic = above,
                    .alternative = options.alternative,
                    .estimate_name = "median",
                    .n = static_cast<double>(x.size())};
  set_binomial_p_value(result, above, trials, 0.5);
  const std::vector<double> ordered = sorted(x);
  result.estimate = sample_median(x);
  result.ci = median_interval(ordered, options);
  const Interval share = clopper_pearson(above, trials, {.level = options.level});
  result.effect_size = {"share above less share below",
                        (above - below) / trials,
                        {2 * share.low - 1, 2 * share.high - 1}};
  if (trials < result.n)
    result.notes.push_back(
        fmt::format("{} values equal to {} say nothing and are left out", result.n - trials, mu));
  return result;
}

}  // namespace mathtool::stats
