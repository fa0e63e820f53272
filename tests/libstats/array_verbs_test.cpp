#include "mathtool/stats/array_verbs.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "support/distribution_examples.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::test;
using stats::AnyDistribution;

namespace {

struct Pair {
  const char* name;
  double (*one)(const AnyDistribution&, double);
  void (*many)(const AnyDistribution&, std::span<const double>, std::span<double>);
  bool of_probability, logarithm;
};

constexpr Pair pairs[] = {
    {"pdf", stats::pdf<AnyDistribution>, stats::pdf, false, false},
    {"log_pdf", stats::log_pdf<AnyDistribution>, stats::log_pdf, false, true},
    {"cdf", stats::cdf<AnyDistribution>, stats::cdf, false, false},
    {"log_cdf", stats::log_cdf<AnyDistribution>, stats::log_cdf, false, true},
    {"survival", stats::survival<AnyDistribution>, stats::survival, false, false},
    {"log_survival", stats::log_survival<AnyDistribution>, stats::log_survival, false, true},
    {"quantile", stats::quantile<AnyDistribution>, stats::quantile, true, false},
    {"quantile_survival", stats::quantile_survival<AnyDistribution>, stats::quantile_survival, true,
     false}};

/// Places of one piece of a table, and the ends.
std::vector<double> places(const AnyDistribution& d, const Pair& pair, std::size_t count) {
  math::Philox random(5);
  std::vector<double> x(count);
  const double low = stats::quantile(d, 0.6), high = stats::quantile(d, 0.62);
  for (double& each : x) {
    const double share = math::uniform(random);
    each = pair.of_probability ? 0.6 + 0.02 * share : low + (high - low) * share;
    if (d.discrete() && !pair.of_probability) each = std::round(each);
  }
  if (pair.of_probability) {
    const double special[] = {0, 1, 0.5, 1e-300, 1e-9, 1 - 1e-9, -0.1, 1.5, not_a_number};
    std::copy(std::begin(special), std::end(special), x.begin());
  } else {
    const double special[] = {d.support().low,
                              d.support().high,
                              stats::quantile(d, 1e-9),
                              stats::quantile_survival(d, 1e-9),
                              stats::quantile(d, 0.5),
                              d.support().low - 1,
                              d.support().high + 1,
                              0.5,
                              -1e308,
                              1e308,
                              -infinity,
                              infinity,
                              not_a_number};
    std::copy(std::begin(special), std::end(special), x.begin());
  }
  return x;
}

void check_array(const AnyDistribution& d, const Pair& pair, std::size_t count,
                 std::size_t checked) {
  const std::vector<double> x = places(d, pair, count);
  std::vector<double> y(x);
  pair.many(d, y, y);  // in place
  const double spread = stats::quantile(d, 0.75) - stats::quantile(d, 0.25);
  for (std::size_t i = 0; i < checked; ++i) {
    const double expected = pair.one(d, x[i]);
    if (expected == y[i] || (std::isnan(expected) && std::isnan(y[i]))) continue;
    INFO(pair.name << " at " << x[i]);
    double size = std::abs(expected);
    if (pair.logarithm) size = std::max(size, 1.0);          // absolute where it crosses 0
    if (pair.of_probability) size = std::max(size, spread);  // a quantile likewise
    // Tables hold logarithms, whose own rounding is a digit for each factor of ten in them.
    const double depth =
        pair.logarithm || expected == 0 ? 0 : std::abs(std::log(std::abs(expected)));
    CHECK_NEAR(y[i], expected, relative(2e-14 + 2.3e-16 * depth, size) + 1e-320);
  }
}

}  // namespace

TEST_CASE("arrays: every verb of every distribution as at one place", "[stats][law]") {
  for (const std::string& text : distribution_examples()) {
    const AnyDistribution d = stats::parse_distribution(text);
    CAPTURE(text);
    for (const Pair& pair : pairs) {
      check_array(d, pair, 40, 40);
      check_array(d, pair, stats::tabulated_size, 60);
    }
  }
}

TEST_CASE("arrays: families with formulas, all over their range", "[stats]") {
  for (const char* text :
       {"normal", "normal(3.3, 0.7)", "normal(1e6, 1e-3)", "logistic", "logistic(-2, 0.3)",
        "exponential", "exponential(0.01)", "uniform", "uniform(-2, 7)"}) {
    const AnyDistribution d = stats::parse_distribution(text);
    CAPTURE(text);
    for (const Pair& pair : pairs) {
      std::vector<double> x;
      for (double p = 1e-300; p < 0.5; p *= 4)
        for (const double each : {p, 1 - p})
          x.push_back(pair.of_probability ? each : stats::quantile(d, each));
      std::vector<double> y(x.size());
      pair.many(d, x, y);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double expected = pair.one(d, x[i]);
        INFO(pair.name << " at " << x[i]);
        double alone = 0;
        pair.many(d, std::span(x).subspan(i, 1), {&alone, 1});
        CHECK(alone == y[i]);  // whatever its neighbours are
        if (expected == y[i]) continue;
        const double size = std::max(std::abs(expected), pair.of_probability ? d.mean() : 0);
        const double floor = pair.logarithm ? 1e-15 : 1e-320;
        CHECK_NEAR(y[i], expected, relative(1e-13, size) + floor);
      }
    }
  }
}

TEST_CASE("arrays: densities by powers at the ends of their support", "[stats]") {
  const double x[] = {-1, 0, 1e-300, 0.5, 1, 2, 1e3, 1e308, infinity, not_a_number};
  for (const char* text : {"gamma(1)", "gamma(0.5)", "gamma(2.5, 3)", "gamma(30)", "chi_squared(1)",
                           "chi_squared(4)", "beta(1, 1)", "beta(0.5, 0.5)", "beta(2, 3)",
                           "beta(20.5, 7)", "student_t(1)", "student_t(5)", "student_t(40)"}) {
    const AnyDistribution d = stats::parse_distribution(text);
    CAPTURE(text);
    std::vector<double> y(std::size(x));
    stats::pdf(d, x, y);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double expected = stats::pdf(d, x[i]);
      if (expected == y[i] || (std::isnan(expected) && std::isnan(y[i]))) continue;
      CAPTURE(x[i]);
      CHECK_NEAR(y[i], expected, relative(2e-14, expected) + 1e-320);
    }
  }
}

TEST_CASE("arrays: two lengths that differ are refused", "[stats]") {
  const std::vector<double> x(3);
  std::vector<double> y(2);
  CHECK_THROWS_AS(stats::cdf(stats::parse_distribution("normal"), x, y), DomainError);
}
