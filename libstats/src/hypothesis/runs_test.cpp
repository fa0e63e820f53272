#include "mathtool/stats/hypothesis/runs_test.hpp"

#include <fmt/format.h>

#include <cmath>

#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/sample_median.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

Extended log_choose(Extended n, Extended k) {
  if (k < 0 || k > n) return -infinity;
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

/// P(R = r): in how many ways a values above fall into runs, and b below.
Extended run_probability(double a, double b, double r) {
  const Extended all = log_choose(a + b, a), half = std::floor(r / 2);
  const auto ways = [&](Extended i, Extended j) {
    return std::exp(log_choose(a - 1, i - 1) + log_choose(b - 1, j - 1) - all);
  };
  if (2 * half == r) return 2 * ways(half, half);
  return ways(half, half + 1) + ways(half + 1, half);
}

/// As of the binomial test: all numbers of runs that are no likelier than the one that was seen.
Extended counted_runs(double a, double b, double runs, Alternative alternative) {
  const Extended limit = run_probability(a, b, runs) * (1 + 1e-7L);
  Extended sum = 0;
  const double most = 2 * std::min(a, b) + (a == b ? 0 : 1);
  for (double r = 2; r <= most; ++r) {
    const bool counts = alternative == Alternative::less      ? r <= runs
                        : alternative == Alternative::greater ? r >= runs
                                                              : run_probability(a, b, r) <= limit;
    if (counts) sum += run_probability(a, b, r);
  }
  return sum;
}

}  // namespace

TestResult runs_test(std::span<const double> x, const RunsOptions& options) {
  require<InsufficientDataError>(x.size() >= 2, "a sequence needs two values at least, got {}",
                                 x.size());
  const double threshold = options.threshold ? *options.threshold : sample_median(x);
  double above = 0, below = 0, runs = 0;
  int last = 0;
  for (const double value : x) {
    if (value == threshold) continue;
    const int side = value > threshold ? 1 : -1;
    (side > 0 ? above : below) += 1;
    runs += side != last;
    last = side;
  }
  require<InsufficientDataError>(above > 0 && below > 0,
                                 "all values that differ from {} lie on one side of it", threshold);
  const double n = above + below, twice = 2 * above * below;
  const double expected = 1 + twice / n;
  const double variance = twice * (twice - n) / (n * n * (n - 1));
  TestResult result{.method = "runs test of randomness",
                    .null_hypothesis = "the order of the values is random",
                    .statistic_name = "z",
                    .statistic = (runs - expected) / std::sqrt(variance),
                    .alternative = options.alternative,
                    .estimate_name = "runs",
                    .estimate = runs,
                    .n = n};
  result.effect_size = {.name = "runs / expected runs", .value = runs / expected};
  if (options.exact) {
    result.method += ", exact";
    set_p_value(result, counted_runs(above, below, runs, options.alternative));
  } else {
    require<InsufficientDataError>(variance > 0,
                                   "{} values allow one number of runs only; use --exact", n);
    set_symmetric_p_value(result, Normal());
  }
  if (n < static_cast<double>(x.size()))
    result.notes.push_back(fmt::format("{} values equal to the threshold {} are left out",
                                       static_cast<double>(x.size()) - n, threshold));
  return result;
}

}  // namespace mathtool::stats
