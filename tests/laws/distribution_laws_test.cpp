#include <algorithm>
#include <cmath>

#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "support/distribution_examples.hpp"
#include "support/tolerance.hpp"

// Laws that every distribution obeys, continuous, discrete or combined. There are no exceptions by
// family here: a distribution that fails a law is wrong, or the law is stated too strongly and is
// mended for all.

using namespace mathtool;
using namespace mathtool::test;
using stats::AnyDistribution;

namespace {

constexpr double probabilities[] = {1e-300, 1e-100, 1e-20, 1e-6, 0.01, 0.1,
                                    0.25,   0.5,    0.75,  0.9,  0.99, 1 - 1e-6};

/// Calls `law` with every example, named in what fails.
template <class Law>
void for_every_distribution(const Law& law) {
  for (const std::string& text : distribution_examples()) {
    INFO(text);
    law(stats::parse_distribution(text));
  }
}

}  // namespace

TEST_CASE("distribution: every family has its examples", "[stats][law]") {
  const std::vector<std::string> examples = distribution_examples();
  for (const stats::DistributionFamily& family : stats::distribution_families()) {
    INFO(family.name);
    CHECK(std::ranges::any_of(examples, [&](const std::string& text) {
      return text.substr(0, text.find('(')) == family.name;
    }));
  }
}

TEST_CASE("distribution: its text means itself", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    CHECK(stats::parse_distribution(d.text()).text() == d.text());
  });
}

TEST_CASE("distribution: quantiles are where the tails reach p", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    for (const double p : probabilities) {
      const double low = stats::quantile(d, p), high = stats::quantile_survival(d, p);
      CAPTURE(p, low, high);
      if (d.discrete()) {
        CHECK(stats::cdf(d, low) >= p);
        CHECK((low == d.support().low || stats::cdf(d, std::nextafter(low, -infinity)) < p));
        CHECK(stats::survival(d, high) <= p);
        CHECK((high == d.support().low || stats::survival(d, std::nextafter(high, -infinity)) > p));
        continue;
      }
      // No double need have a tail of p: the neighbours of the right one enclose it.
      const double slack = 1e-12 * p;
      CHECK(stats::cdf(d, std::nextafter(low, -infinity)) <= p + slack);
      CHECK(stats::cdf(d, std::nextafter(low, infinity)) >= p - slack);
      CHECK(stats::survival(d, std::nextafter(high, -infinity)) >= p - slack);
      CHECK(stats::survival(d, std::nextafter(high, infinity)) <= p + slack);
    }
    CHECK(stats::quantile(d, 0) == d.support().low);
    CHECK(stats::quantile(d, 1) == d.support().high);
    CHECK(stats::quantile_survival(d, 0) == d.support().high);
    CHECK(stats::quantile_survival(d, 1) == d.support().low);
    for (const double outside : {-0.1, 1.5, not_a_number})
      CHECK(std::isnan(stats::quantile(d, outside)));
  });
}

TEST_CASE("distribution: tails are monotone, complementary and their logarithms theirs",
          "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    double below = 0, above = 1;
    for (const double p : probabilities) {
      const double x = stats::quantile(d, p);
      CAPTURE(p, x);
      const double lower = stats::cdf(d, x), upper = stats::survival(d, x);
      CHECK(lower >= below);
      CHECK(upper <= above);
      CHECK_NEAR(lower + upper, 1.0, 1e-15);
      if (lower > 0) CHECK_NEAR(std::exp(stats::log_cdf(d, x)), lower, relative(2e-13, lower));
      if (upper > 0) CHECK_NEAR(std::exp(stats::log_survival(d, x)), upper, relative(2e-13, upper));
      below = lower;
      above = upper;
    }
  });
}

TEST_CASE("distribution: nothing lies outside the support, and NaN stays NaN", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    const auto [low, high] = d.support();
    for (const double x : {low - 1, -infinity}) {
      if (!(x < low || x == -infinity)) continue;
      CHECK(stats::pdf(d, x) == 0);
      CHECK(stats::log_pdf(d, x) == -infinity);
      CHECK(stats::cdf(d, x) == 0);
      CHECK(stats::survival(d, x) == 1);
      CHECK(stats::log_cdf(d, x) == -infinity);
    }
    for (const double x : {high + 1, infinity}) {
      CHECK(stats::pdf(d, x) == 0);
      CHECK(stats::cdf(d, x) == 1);
      CHECK(stats::survival(d, x) == 0);
      CHECK(stats::log_survival(d, x) == -infinity);
    }
    CHECK(std::isnan(stats::pdf(d, not_a_number)));
    CHECK(std::isnan(stats::log_pdf(d, not_a_number)));
    CHECK(std::isnan(stats::cdf(d, not_a_number)));
    CHECK(std::isnan(stats::survival(d, not_a_number)));
    CHECK(std::isnan(stats::log_cdf(d, not_a_number)));
    CHECK(std::isnan(stats::log_survival(d, not_a_number)));
  });
}

TEST_CASE("distribution: the density sums up to the distribution function", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    const double low = stats::quantile(d, 0.02), high = stats::quantile(d, 0.9);
    const double expected = stats::cdf(d, high) - stats::cdf(d, low);
    CAPTURE(low, high);
    if (d.discrete()) {
      double sum = 0;
      for (double k = low + 1; k <= high && k < low + 1e5; ++k) sum += stats::pdf(d, k);
      CHECK_NEAR(sum, expected, 1e-12);
      return;
    }
    const math::Integral mass =
        math::integrate([&](double x) { return stats::pdf(d, x); }, low, high, {.rel_tol = 1e-10});
    CHECK_NEAR(mass.value, expected, 1e-9);
  });
}

TEST_CASE("distribution: moments are those of the density", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    const double mean = stats::mean(d), sd = stats::sd(d);
    if (std::isfinite(mean)) {
      const math::Estimate first = stats::expectation(d, [](double x) { return x; });
      CHECK_NEAR(first.value, mean, 1e-9 * (std::abs(mean) + (std::isfinite(sd) ? sd : 1)));
    }
    if (std::isfinite(sd) && sd > 0) {
      const auto about = [&](int power) {
        return stats::expectation(d, [&](double x) { return std::pow((x - mean) / sd, power); });
      };
      CHECK_NEAR(about(2).value, 1.0, 1e-9);
      if (const double skewness = stats::skewness(d); std::isfinite(skewness))
        CHECK_NEAR(about(3).value, skewness, 1e-8 * (1 + std::abs(skewness)));
      if (const double kurtosis = stats::kurtosis(d); std::isfinite(kurtosis))
        CHECK_NEAR(about(4).value - 3, kurtosis, 1e-8 * (10 + std::abs(kurtosis)));
    }
    if (const double entropy = stats::entropy(d); std::isfinite(entropy)) {
      const math::Estimate mean_log =
          stats::expectation(d, [&](double x) { return -stats::log_pdf(d, x); });
      // Beside the ends of the support lie values that no double tells from each other.
      const double edges = stats::cdf(d, std::nextafter(d.support().low, infinity)) +
                           stats::survival(d, std::nextafter(d.support().high, -infinity));
      CHECK_NEAR(mean_log.value, entropy,
                 1e-9 * (1 + std::abs(entropy)) + (d.discrete() ? 0 : 50 * edges));
    }
  });
}

TEST_CASE("distribution: nothing is denser than the mode", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    const double mode = stats::mode(d);
    const double highest = stats::log_pdf(d, mode);
    CAPTURE(mode, highest);
    for (const double p : probabilities) {
      const double x = stats::quantile(d, p);
      const double here = stats::log_pdf(d, x);
      CAPTURE(x);
      CHECK((here <= highest + 1e-9 || x == mode));
    }
  });
}

TEST_CASE("distribution: intervals have their level, the shortest is not longer", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    for (const double level : {0.5, 0.95}) {
      const stats::Interval central = stats::interval(d, level), shortest = stats::hdi(d, level);
      CAPTURE(level, central.low, central.high, shortest.low, shortest.high);
      const double before = d.discrete() ? shortest.low - 1 : shortest.low;
      const double inside = stats::cdf(d, shortest.high) - stats::cdf(d, before);
      CHECK(inside >= level - 1e-7);
      CHECK(shortest.high - shortest.low <=
            (central.high - central.low) * (1 + 1e-7) + (d.discrete() ? 0 : 1e-300));
    }
  });
}

TEST_CASE("distribution: samples have its mean, variance and quartiles", "[stats][law]") {
  for_every_distribution([](const AnyDistribution& d) {
    constexpr int n = 20'000;
    math::Philox random(20261122);
    stats::Moments sample;
    double below[3] = {0, 0, 0};
    double quartile[3];
    for (int q = 0; q < 3; ++q) quartile[q] = stats::quantile(d, 0.25 * (q + 1));
    for (int i = 0; i < n; ++i) {
      const double x = stats::sample(d, random);
      REQUIRE(d.support().low <= x);
      REQUIRE(x <= d.support().high);
      sample.push(x);
      for (int q = 0; q < 3; ++q) below[q] += x <= quartile[q];
    }
    for (int q = 0; q < 3; ++q) {
      const double p = stats::cdf(d, quartile[q]);
      CAPTURE(q);
      CHECK_NEAR(below[q] / n, p, monte_carlo(6, std::sqrt(p * (1 - p) / n)) + 1e-12);
    }
    const double variance = stats::variance(d), kurtosis = stats::kurtosis(d);
    if (!std::isfinite(variance)) return;
    CHECK_NEAR(sample.mean(), stats::mean(d),
               monte_carlo(6, std::sqrt(variance / n)) + ulps(4, stats::mean(d)));
    // A heavy fourth moment makes the standard error of a variance itself a chance.
    if (std::isfinite(kurtosis) && kurtosis < 50)
      CHECK_NEAR(sample.variance(), variance,
                 monte_carlo(6, variance * std::sqrt((kurtosis + 2) / n + 2.0 / n / n)) +
                     ulps(100, variance));
  });
}

TEST_CASE("distribution: a bad parameter is refused by name", "[stats][law]") {
  for (const stats::DistributionFamily& family : stats::distribution_families()) {
    for (std::size_t i = 0; i < family.parameters.size(); ++i) {
      const stats::Parameter& parameter = family.parameters[i];
      if (parameter.form != stats::Form::number) continue;
      for (const double bad : {not_a_number, infinity, -infinity}) {
        if (contains(parameter.domain, bad)) continue;
        std::vector<stats::Argument> arguments;
        for (const stats::Parameter& other : family.parameters)
          arguments.push_back(other.form == stats::Form::distribution
                                  ? stats::Argument(stats::parse_distribution("normal"))
                                  : stats::Argument(other.standard.value_or(0.5)));
        arguments[i] = bad;
        INFO(family.name << " " << parameter.name << " = " << bad);
        CHECK_THROWS_AS(family.make(arguments), DomainError);
      }
    }
  }
}
