#include "mathtool/stats/hypothesis/anderson_darling.hpp"

#include <cmath>
#include <vector>

#include "log_normal.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "order_statistics.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {
namespace {

/// log p by Stephens's four pieces.
double log_stephens(double a) {
  if (a < 0.2) return std::log1p(-std::exp(-13.436 + 101.14 * a - 223.73 * a * a));
  if (a < 0.34) return std::log1p(-std::exp(-8.318 + 42.796 * a - 59.938 * a * a));
  if (a < 0.6) return 0.9177 - 4.279 * a - 1.38 * a * a;
  if (a < 10) return 1.2937 - 5.709 * a + 0.0186 * a * a;
  return std::log(3.7e-24);
}

}  // namespace

TestResult anderson_darling_test(std::span<const double> x) {
  require<InsufficientDataError>(
      x.size() >= 8, "Anderson and Darling's test needs 8 values at least, got {}", x.size());
  Moments moments;
  moments.push(x);
  require_values(moments, 8);
  require_spread(moments.variance() > 0, moments);
  const std::vector<double> values = sorted(x);
  const std::size_t n = values.size();
  const auto size = static_cast<Extended>(n);
  const Extended mean = moments.mean(), deviation = moments.standard_deviation();
  Extended sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Extended low = (values[i] - mean) / deviation;
    const Extended high = (values[n - 1 - i] - mean) / deviation;
    sum += (2 * static_cast<Extended>(i) + 1) *
           (log_normal_probability(low, Tail::lower) + log_normal_probability(high, Tail::upper));
  }
  TestResult result{.method = "Anderson and Darling's test of normality",
                    .null_hypothesis = "the values come from a normal distribution",
                    .statistic_name = "A squared",
                    .statistic = static_cast<double>(-size - sum / size),
                    .alternative = Alternative::greater,
                    .n = static_cast<double>(n)};
  const double corrected = result.statistic * (1 + 0.75 / result.n + 2.25 / (result.n * result.n));
  const double log_p = std::min(0.0, log_stephens(corrected));
  result.p_value = std::exp(log_p);
  result.log10_p = log_p / std::numbers::ln10;
  return result;
}

}  // namespace mathtool::stats
