#include "mathtool/stats/hypothesis/z_test.hpp"

#include <fmt/format.h>

#include <cmath>

#include "mathtool/stats/distributions/normal.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {
namespace {

constexpr double many = 100;  // values from which z and t agree to a few per cent

void require_sigma(const std::optional<double>& sigma, const TestOptions& options) {
  require_level(options.level);
  require(!sigma || (*sigma > 0 && std::isfinite(*sigma)),
          "z test: the standard deviation must be > 0, got {}", sigma.value_or(0));
}

void require_sample(const Moments& x, const std::optional<double>& sigma) {
  require<InsufficientDataError>(x.weight() >= 1, "a sample has no value");
  require<InsufficientDataError>(std::isfinite(x.mean()), "values are infinite, or too large");
  if (!sigma) require_values(x, 2);
}

void finish_z(TestResult& result, double mu, double standard_error, double deviation,
              const std::optional<double>& sigma, const TestOptions& options) {
  result.statistic_name = "z";
  result.alternative = options.alternative;
  const double difference = result.estimate - mu;
  result.statistic = difference / standard_error;
  set_symmetric_p_value(result, Normal());
  result.ci = interval_about(result.estimate, standard_error, Normal(), options);
  const Interval effect =
      interval_about(difference, standard_error, Normal(), {.level = options.level});
  result.effect_size = {
      "Cohen's d", difference / deviation, {effect.low / deviation, effect.high / deviation}};
  if (!sigma)
    result.notes.push_back(
        result.n < many
            ? "the sample's own standard deviation stands for the true one: with so few values "
              "the t test is right"
            : "the sample's own standard deviation stands for the true one");
}

}  // namespace

TestResult z_test(const Moments& x, double mu, std::optional<double> sigma,
                  const TestOptions& options) {
  require_sigma(sigma, options);
  require_sample(x, sigma);
  if (!sigma) require_spread(x.variance() > 0, x);
  TestResult result{.method = "z test of one mean",
                    .null_hypothesis = fmt::format("the mean is {}", mu),
                    .estimate_name = "mean",
                    .estimate = x.mean(),
                    .n = x.weight()};
  const double deviation = sigma ? *sigma : x.standard_deviation();
  finish_z(result, mu, deviation / std::sqrt(x.weight()), deviation, sigma, options);
  return result;
}

TestResult z_test(const Moments& x, const Moments& y, double mu, std::optional<double> sigma,
                  const TestOptions& options) {
  require_sigma(sigma, options);
  require_sample(x, sigma);
  require_sample(y, sigma);
  if (!sigma) require_spread(x.variance() > 0 || y.variance() > 0, x);
  TestResult result{.method = "z test of two means",
                    .null_hypothesis =
                        mu == 0 ? "the means are equal" : fmt::format("the means differ by {}", mu),
                    .estimate_name = "difference of means",
                    .estimate = difference_of_means(x, y),
                    .n = x.weight() + y.weight()};
  // The square of a sigma could leave the range of doubles, that of its root of sizes cannot.
  const double error = sigma ? *sigma * std::sqrt(1 / x.weight() + 1 / y.weight())
                             : std::sqrt(x.variance() / x.weight() + y.variance() / y.weight());
  const double deviation = sigma ? *sigma : std::sqrt(x.variance() / 2 + y.variance() / 2);
  finish_z(result, mu, error, deviation, sigma, options);
  return result;
}

}  // namespace mathtool::stats
