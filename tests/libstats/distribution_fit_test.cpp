#include "mathtool/stats/distribution_fit.hpp"

#include <algorithm>
#include <cmath>

#include "estimates.hpp"
#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using test::fit;
using test::monte_carlo;
using test::relative;

namespace {

/// A distribution of each family that can be fitted, and how many values of it take little time.
struct Example {
  std::string specification;
  std::size_t count;
};

std::vector<Example> examples() {
  return {{"normal(3, 2)", 2000},
          {"lognormal(1, 0.5)", 2000},
          {"student_t(5)", 2000},
          {"chi_squared(4)", 2000},
          {"f(5, 12)", 2000},
          {"gamma(2.5, 3)", 2000},
          {"gamma(0.3, 1e-6)", 2000},
          {"inverse_gamma(5, 2)", 2000},
          {"inverse_gaussian(2, 3)", 2000},
          {"beta(2, 5)", 2000},
          {"beta(0.5, 0.7)", 2000},
          {"exponential(0.5)", 2000},
          {"weibull(1.5, 2)", 2000},
          {"weibull(0.4, 1e5)", 2000},
          {"logistic(1, 2)", 2000},
          {"cauchy(1, 2)", 2000},
          {"laplace(1, 2)", 2000},
          {"gumbel(1, 2)", 2000},
          {"pareto(1, 2.5)", 2000},
          {"rayleigh(2)", 2000},
          {"uniform(-2, 7)", 2000},
          {"skew_normal(1, 2, 4)", 2000},
          {"noncentral_t(5, 1.5)", 100},
          {"noncentral_chi2(4, 3)", 100},
          {"noncentral_f(5, 10, 2)", 100},
          {"noncentral_beta(2, 3, 4)", 30},
          {"bernoulli(0.3)", 2000},
          {"binomial(10, 0.3)", 2000},
          {"poisson(4.5)", 2000},
          {"geometric(0.2)", 2000},
          {"negative_binomial(2.5, 0.3)", 2000},
          {"discrete_uniform(-3, 8)", 2000}};
}

std::string family_name(const std::string& specification) {
  return specification.substr(0, specification.find('('));
}

std::vector<double> sample_of(const std::string& specification, std::size_t count,
                              std::uint64_t seed = 11) {
  math::Philox random(seed);
  std::vector<double> x(count);
  parse_distribution(specification).sample(random, x);
  return x;
}

/// log L of the sample under a distribution with these parameters; −∞ where there is none.
double log_likelihood(const std::string& family, const std::vector<double>& parameters,
                      const std::vector<double>& x) {
  const std::vector<Argument> arguments(parameters.begin(), parameters.end());
  try {
    const AnyDistribution d = find_distribution_family(family).make(arguments);
    double sum = 0;
    for (const double each : x) sum += log_pdf(d, each);
    return sum;
  } catch (const DomainError&) { return -infinity; }
}

std::vector<double> estimates(const DistributionFit& fit) {
  std::vector<double> values;
  for (const FittedParameter& parameter : fit.parameters) values.push_back(parameter.estimate);
  return values;
}

}  // namespace

TEST_CASE("fit: every family that can be fitted is tried here", "[stats]") {
  for (const DistributionFamily* family : fittable_families()) {
    INFO(family->name);
    const auto all = examples();
    CHECK(std::ranges::any_of(all, [&](const Example& example) {
      return family_name(example.specification) == family->name;
    }));
  }
}

TEST_CASE("fit: no neighbour of the estimate is likelier, and the slope there is 0", "[stats]") {
  for (const auto& [specification, count] : examples()) {
    INFO(specification);
    const std::vector<double> x = sample_of(specification, count);
    const DistributionFit found = fit(family_name(specification), x);
    REQUIRE(found.status == Status::converged);
    const std::vector<double> at = estimates(found);
    const double top = log_likelihood(found.family, at, x);
    CHECK_NEAR(found.log_likelihood, top, relative(1e-12, top) + 1e-9);
    for (std::size_t i = 0; i < at.size(); ++i) {
      INFO(found.parameters[i].name << " = " << at[i]);
      const double error = found.parameters[i].std_error;
      const bool whole = at[i] == std::floor(at[i]) && std::isnan(error);
      const double h = whole ? 1 : 1e-3 * (std::isnan(error) ? std::abs(at[i]) : error);
      std::vector<double> left = at, right = at;
      left[i] -= h;
      right[i] += h;
      const double down = log_likelihood(found.family, left, x),
                   up = log_likelihood(found.family, right, x);
      const double rounding = 1e-14 * std::abs(top) + 1e-12;
      CHECK(down <= top + rounding);
      CHECK(up <= top + rounding);
      // The middle of a parabola through both: the estimate is off by no more than 1e-4 standard
      // errors, as far as rounding in log L can tell.
      if (!std::isnan(error) && family_name(specification) != "laplace")
        CHECK(std::abs(up - down) <= 1e-7 + 4 * rounding);
    }
  }
}

TEST_CASE("fit: estimates lie within 5 standard errors of the truth", "[stats]") {
  for (const auto& [specification, count] : examples()) {
    INFO(specification);
    const DistributionFit found =
        fit(family_name(specification), sample_of(specification, count, 21));
    const std::string list = specification.substr(specification.find('(') + 1);
    std::istringstream stream(list);
    std::size_t with_errors = 0;
    for (const FittedParameter& parameter : found.parameters) {
      std::string text;
      std::getline(stream, text, ',');
      if (std::isnan(parameter.std_error)) continue;
      ++with_errors;
      CHECK_NEAR(parameter.estimate, std::stod(text), monte_carlo(5, parameter.std_error));
    }
    const bool none = family_name(specification) == "uniform" ||
                      family_name(specification) == "discrete_uniform" ||
                      family_name(specification) == "binomial";
    CHECK((with_errors > 0) != none);
  }
}

TEST_CASE("fit: frequency 2 equals the value twice, and the order does not matter", "[stats]") {
  for (const char* specification : {"gamma(2.5, 3)", "laplace(1, 2)", "cauchy(1, 2)",
                                    "skew_normal(1, 2, 4)", "negative_binomial(2.5, 0.3)"}) {
    INFO(specification);
    const std::vector<double> x = sample_of(specification, 50);
    std::vector<double> twice(x.rbegin(), x.rend());
    twice.insert(twice.end(), x.begin(), x.end());
    const DistributionFamily& family = find_distribution_family(family_name(specification));
    const DistributionFit weighted =
        fit_distribution(family, frequency_table(x, std::vector<double>(x.size(), 2.0)));
    const DistributionFit repeated = fit_distribution(family, twice);
    CHECK(estimates(weighted) == estimates(repeated));
    CHECK(weighted.log_likelihood == repeated.log_likelihood);
    CHECK(weighted.ks == repeated.ks);
    CHECK(weighted.observations == 100);
    const DistributionFit once = fit_distribution(family, x);
    CHECK_NEAR(weighted.parameters[0].std_error * std::sqrt(2.0), once.parameters[0].std_error,
               relative(1e-7, once.parameters[0].std_error));
  }
}

TEST_CASE("fit: a fixed parameter stays, the others adapt to it", "[stats]") {
  const std::vector<double> x = sample_of("gamma(2.5, 3)", 300);
  double mean = 0;
  for (const double each : x) mean += each / 300;
  const DistributionFit shape_known = fit("gamma", x, {.fixed = {{"shape", 2.0}}});
  CHECK(shape_known.parameters[0].estimate == 2.0);
  CHECK(shape_known.parameters[0].fixed);
  CHECK(std::isnan(shape_known.parameters[0].std_error));
  // With the shape known the scale is mean/shape, its standard error scale/√(n shape).
  CHECK_NEAR(shape_known.parameters[1].estimate, mean / 2, relative(1e-13, mean));
  CHECK_NEAR(shape_known.parameters[1].std_error, mean / 2 / std::sqrt(600.0),
             relative(1e-10, mean));
  CHECK_NEAR(shape_known.aic, 2 - 2 * shape_known.log_likelihood, 1e-9);

  for (const auto& [specification, count] : examples()) {
    const std::string family = family_name(specification);
    const auto& parameters = find_distribution_family(family).parameters;
    if (parameters.size() != 2 || count < 2000) continue;
    const std::vector<double> sample = sample_of(specification, 200);
    const DistributionFit free = fit(family, sample);
    for (std::size_t i = 0; i < 2; ++i) {
      INFO(specification << " " << parameters[i].name);
      const std::string name(parameters[i].name);
      const double known = free.parameters[i].estimate;
      const DistributionFit held = fit(family, sample, {.fixed = {{name, known}}});
      CHECK(held.parameters[i].estimate == known);
      CHECK_NEAR(held.parameters[1 - i].estimate, free.parameters[1 - i].estimate,
                 relative(1e-7, free.parameters[1 - i].estimate) + 1e-9);
      CHECK_NEAR(held.aic, free.aic - 2, 1e-7);
    }
  }
  const DistributionFit all_known = fit("normal", x, {.fixed = {{"mean", 7.0}, {"sd", 4.0}}});
  CHECK_NEAR(all_known.aic, -2 * log_likelihood("normal", {7, 4}, x), 1e-9);
}

TEST_CASE("fit: location and scale follow the unit of the data", "[stats]") {
  for (const char* family : {"normal", "logistic", "cauchy", "laplace", "gumbel", "uniform"}) {
    const std::vector<double> x = sample_of(std::string(family) + "(1, 2)", 200);
    const DistributionFit here = fit(family, x);
    for (const double unit : {1e-150, 1e-3, 1e6, 1e150}) {
      INFO(family << " in units of " << unit);
      std::vector<double> moved;
      for (const double each : x) moved.push_back(unit * (each + 5));
      const DistributionFit there = fit(family, moved);
      const double shift = 5, a = here.parameters[0].estimate, b = here.parameters[1].estimate;
      CHECK_NEAR(there.parameters[0].estimate / unit, a + shift, 1e-9);
      CHECK_NEAR(there.parameters[1].estimate / unit,
                 b + (std::string(family) == "uniform" ? shift : 0), 1e-9);
      if (std::string(family) != "uniform")
        CHECK_NEAR(there.parameters[1].std_error / unit, here.parameters[1].std_error, 1e-8);
      CHECK_NEAR(there.ks, here.ks, 1e-9);
    }
  }
  for (const char* specification :
       {"gamma(2, 3)", "inverse_gamma(3, 2)", "weibull(1.5, 2)", "lognormal(0, 1)"}) {
    INFO(specification);
    std::vector<double> x = sample_of(specification, 200);
    const DistributionFit here = fit(family_name(specification), x);
    for (double& each : x) each *= 1e100;
    const DistributionFit there = fit(family_name(specification), x);
    CHECK_NEAR(there.log_likelihood, here.log_likelihood - 200 * 100 * std::log(10.0), 1e-7);
    CHECK(there.status == Status::converged);
  }
}

TEST_CASE("fit: the distance of Kolmogorov and Smirnov is that of all values", "[stats]") {
  for (const char* specification : {"gamma(2.5, 3)", "cauchy", "poisson(4.5)", "geometric(0.1)"}) {
    INFO(specification);
    std::vector<double> x = sample_of(specification, 3000);
    const DistributionFit found = fit(family_name(specification), x);
    std::ranges::sort(x);
    double largest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto below =
          static_cast<double>(std::lower_bound(x.begin(), x.end(), x[i]) - x.begin()) / 3000;
      const auto up_to =
          static_cast<double>(std::upper_bound(x.begin(), x.end(), x[i]) - x.begin()) / 3000;
      const double at = cdf(*found.distribution, x[i]);
      const double before =
          found.distribution->discrete() ? cdf(*found.distribution, x[i] - 1) : at;
      largest = std::max({largest, std::abs(at - up_to), std::abs(before - below)});
    }
    CHECK_NEAR(found.ks, largest, 1e-13);
    CHECK(std::isnan(found.p_value) == found.distribution->discrete());
  }
}
