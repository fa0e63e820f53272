#include "mathtool/stats/hypothesis/binomial_test.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "binomial_tails.hpp"
#include "counts.hpp"
#include "mathtool/stats/distributions/beta.hpp"
#include "mathtool/stats/distributions/binomial.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

/// Probabilities that differ by rounding alone count as equal, as in R.
constexpr double equal_slack = 1 + 1e-7;

/// P of the side opposite to k, as far as it is no likelier than k: there is an edge in it, found
/// by bisection, as probabilities fall away from the mode.
/// By logarithms: probabilities below the range of doubles would all be equal.
Extended far_side(const Binomial& d, double k, double trials, double p) {
  const double limit = log_pdf(d, k) + std::log(equal_slack);
  const bool upper = k < trials * p;
  double inside = upper ? std::ceil(trials * p) : std::floor(trials * p);
  double outside = upper ? trials + 1 : -1;
  if (log_pdf(d, inside) <= limit) return upper ? survival(d, inside - 1) : cdf(d, inside);
  while (std::abs(outside - inside) > 1) {
    const double middle = std::floor((inside + outside) / 2);
    (log_pdf(d, middle) <= limit ? outside : inside) = middle;
  }
  return upper ? survival(d, outside - 1) : cdf(d, outside);
}

}  // namespace

void set_binomial_p_value(TestResult& result, double successes, double trials, double p) {
  const Binomial d(trials, p);
  const auto set = [&](double value, double log_value) {
    result.p_value = std::min(1.0, value);
    result.log10_p = std::min(0.0, log_value / std::numbers::ln10);
  };
  const auto at_least = [&] { set(survival(d, successes - 1), log_survival(d, successes - 1)); };
  const auto at_most = [&] { set(cdf(d, successes), log_cdf(d, successes)); };
  if (result.alternative == Alternative::greater) return at_least();
  if (result.alternative == Alternative::less) return at_most();
  if (p == 0 || p == 1) return set_p_value(result, successes == trials * p ? 1 : 0);
  if (successes == trials * p) return set_p_value(result, 1);
  successes < trials* p ? at_most() : at_least();
  const Extended far = far_side(d, successes, trials, p);
  const Extended log_near = result.log10_p * std::numbers::ln10_v<Extended>;
  // Where the near side is too small for a double, the far one joins it as a factor.
  const Extended ratio = far > 0 ? far / std::exp(log_near) : 0;
  const Extended log_both = log_near + (std::isfinite(ratio) ? std::log1p(ratio) : 0);
  set(static_cast<double>(result.p_value + far), static_cast<double>(log_both));
}

Interval clopper_pearson(double successes, double trials, const TestOptions& options) {
  const double left_out =
      (1 - options.level) / (options.alternative == Alternative::two_sided ? 2 : 1);
  Interval ci{0, 1};
  if (options.alternative != Alternative::less && successes > 0)
    ci.low = quantile(Beta(successes, trials - successes + 1), left_out);
  if (options.alternative != Alternative::greater && successes < trials)
    ci.high = quantile_survival(Beta(successes + 1, trials - successes), left_out);
  return ci;
}

double angle_of(double proportion) {
  return 2 * std::asin(std::sqrt(std::clamp(proportion, 0.0, 1.0)));
}

TestResult binomial_test(double successes, double trials, double p, const TestOptions& options) {
  require_level(options.level);
  require(p >= 0 && p <= 1, "binomial test: the probability must be in [0, 1], got {}", p);
  require_whole_counts(std::array{successes, trials});
  require<InsufficientDataError>(trials >= 1, "there is no trial");
  require(successes <= trials, "binomial test: {} successes of {} trials", successes, trials);
  TestResult result{.method = "exact binomial test",
                    .null_hypothesis = fmt::format("the probability of success is {}", p),
                    .statistic_name = "successes",
                    .statistic = successes,
                    .alternative = options.alternative,
                    .estimate_name = "probability of success",
                    .estimate = successes / trials,
                    .n = trials};
  set_binomial_p_value(result, successes, trials, p);
  result.ci = clopper_pearson(successes, trials, options);
  const Interval both = clopper_pearson(successes, trials, {.level = options.level});
  const double origin = angle_of(p);
  result.effect_size = {"Cohen's h",
                        angle_of(result.estimate) - origin,
                        {angle_of(both.low) - origin, angle_of(both.high) - origin}};
  return result;
}

}  // namespace mathtool::stats
