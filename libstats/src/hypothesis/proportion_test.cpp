#include "mathtool/stats/hypothesis/proportion_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "binomial_tails.hpp"
#include "counts.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "noncentrality.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

void require_proportion(double successes, double trials) {
  require_counts(std::array{successes, trials});
  require<InsufficientDataError>(trials > 0, "a group has no trial");
  require(successes <= trials, "proportion test: {} successes of {} trials", successes, trials);
}

/// The p-value of χ² of one degree of freedom whose root has a sign.
void set_signed_p_value(TestResult& result, double sign) {
  if (result.alternative == Alternative::two_sided) return set_upper_p_value(result, ChiSquared(1));
  TestResult z{.statistic = sign * std::sqrt(result.statistic), .alternative = result.alternative};
  set_symmetric_p_value(z, Normal());
  result.p_value = z.p_value;
  result.log10_p = z.log10_p;
}

double normal_reach(const ProportionOptions& options) {
  const double left_out = 1 - options.level;
  return quantile_survival(Normal(),
                           options.alternative == Alternative::two_sided ? left_out / 2 : left_out);
}

Interval open_side(Interval ci, Alternative alternative, double least) {
  if (alternative == Alternative::less) ci.low = least;
  if (alternative == Alternative::greater) ci.high = 1;
  return {std::max(ci.low, least), std::min(ci.high, 1.0)};
}

}  // namespace

TestResult proportion_test(double successes, double trials, double p,
                           const ProportionOptions& options) {
  require_level(options.level);
  require_proportion(successes, trials);
  require(p > 0 && p < 1, "proportion test: the probability must be in (0, 1), got {}", p);
  const double gap = successes - trials * p;
  const double correction = options.continuity ? std::min(0.5, std::abs(gap)) : 0;
  const double estimate = successes / trials;
  TestResult result{.method = "test of one proportion",
                    .null_hypothesis = fmt::format("the proportion is {}", p),
                    .statistic_name = "chi squared",
                    .df = {1},
                    .alternative = options.alternative,
                    .estimate_name = "proportion",
                    .estimate = estimate,
                    .n = trials};
  if (correction > 0) result.method += ", continuity corrected";
  const double corrected = std::abs(gap) - correction;
  result.statistic = corrected * (corrected / (trials * p * (1 - p)));
  set_signed_p_value(result, gap < 0 ? -1 : 1);
  const double z = normal_reach(options), z22n = z * z / (2 * trials);
  const auto bound = [&](double shifted, double sign) {
    const double spread =
        std::sqrt(std::max(0.0, shifted * (1 - shifted) / trials + z22n / (2 * trials)));
    return (shifted + z22n + sign * z * spread) / (1 + 2 * z22n);
  };
  const double shift = correction / trials;
  const double high = estimate + shift, low = estimate - shift;
  result.ci = open_side({low <= 0 ? 0 : bound(low, -1), high >= 1 ? 1 : bound(high, 1)},
                        options.alternative, 0);
  const double h = angle_of(estimate) - angle_of(p);
  const double reach = quantile_survival(Normal(), (1 - options.level) / 2) / std::sqrt(trials);
  result.effect_size = {"Cohen's h", h, {h - reach, h + reach}};
  note_small_expectation(result, trials * std::min(p, 1 - p), "use the exact test: binom");
  return result;
}

TestResult proportion_test(std::span<const double> successes, std::span<const double> trials,
                           const ProportionOptions& options) {
  require_level(options.level);
  require<DimensionError>(successes.size() == trials.size(),
                          "proportion test: {} successes, but {} trials", successes.size(),
                          trials.size());
  require<InsufficientDataError>(successes.size() >= 2,
                                 "proportions are compared between two groups at least, got {}",
                                 successes.size());
  for (std::size_t i = 0; i < trials.size(); ++i) require_proportion(successes[i], trials[i]);
  const bool two = successes.size() == 2;
  require(two || options.alternative == Alternative::two_sided,
          "proportion test: of more than two groups the alternative is two-sided");
  const double n = math::compensated_sum(trials), all = math::compensated_sum(successes);
  const double common = all / n;
  require<InsufficientDataError>(std::isfinite(n), "the counts are too large to be added");
  require<InsufficientDataError>(all > 0 && all < n, "every trial has the same outcome");

  const double difference = two ? successes[0] / trials[0] - successes[1] / trials[1] : 0;
  const double precision = two ? 1 / trials[0] + 1 / trials[1] : 0;
  const double correction =
      two && options.continuity ? std::min(0.5, std::abs(difference) / precision) : 0;
  math::CompensatedSum corrected, plain;
  double smallest = infinity;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const double gap = std::abs(successes[i] - trials[i] * common);
    // Both outcomes of a group: 1/(n p) + 1/(n (1 − p)) = 1/(n p (1 − p)).
    const double variance = trials[i] * common * (1 - common);
    corrected += (gap - correction) * ((gap - correction) / variance);
    plain += gap * (gap / variance);
    smallest = std::min(smallest, trials[i] * std::min(common, 1 - common));
  }
  const double df = static_cast<double>(trials.size()) - 1;
  TestResult result{.method = two ? "test of two proportions" : "test of several proportions",
                    .null_hypothesis = "the proportions of all groups are equal",
                    .statistic_name = "chi squared",
                    .statistic = corrected.value(),
                    .df = {df},
                    .alternative = two ? options.alternative : Alternative::greater,
                    .n = n};
  if (correction > 0) result.method += ", continuity corrected";
  note_small_expectation(result, smallest, "use the exact test: fisher");
  if (!two) {
    set_upper_p_value(result, ChiSquared(df));
    const Interval nc = noncentral_chi_squared_interval(plain.value(), df, options.level);
    const auto cramer = [&](double x) { return std::min(1.0, std::sqrt(x / n)); };
    result.effect_size = {"Cramer's V", cramer(plain.value()), {cramer(nc.low), cramer(nc.high)}};
    result.estimate_name = result.effect_size.name;
    result.estimate = result.effect_size.value;
    result.ci = result.effect_size.ci;
    return result;
  }
  set_signed_p_value(result, difference < 0 ? -1 : 1);
  result.estimate_name = "difference of proportions";
  result.estimate = difference;
  const double p1 = successes[0] / trials[0], p2 = successes[1] / trials[1];
  const double reach =
      normal_reach(options) * std::sqrt(p1 * (1 - p1) / trials[0] + p2 * (1 - p2) / trials[1]) +
      correction * precision;
  result.ci = open_side({difference - reach, difference + reach}, options.alternative, -1);
  const double h = angle_of(p1) - angle_of(p2);
  const double spread = quantile_survival(Normal(), (1 - options.level) / 2) * std::sqrt(precision);
  result.effect_size = {"Cohen's h", h, {h - spread, h + spread}};
  return result;
}

}  // namespace mathtool::stats
