#include <cmath>

#include "estimates.hpp"
#include "mathtool/math/autodiff/polygamma.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/stats/distribution_fit.hpp"
#include "mathtool/stats/distribution_model.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using math::FiftyDigits;
using test::fit;

namespace {

/// Failure of 23 ball bearings, in millions of revolutions. Lieblein & Zelen, Statistical
/// investigation of the fatigue life of deep-groove ball bearings (1956).
const std::vector<double> bearings{17.88, 28.92, 33.00,  41.52,  42.12,  45.60,  48.48, 51.84,
                                   51.96, 54.12, 55.56,  67.80,  68.64,  68.64,  68.88, 84.12,
                                   93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40};

/// Red mites on 150 apple leaves. Bliss & Fisher, Fitting the negative binomial distribution to
/// biological data (1953).
const std::vector<double> mites{0, 1, 2, 3, 4, 5, 6, 7}, leaves{70, 38, 17, 10, 9, 3, 2, 1};

void check_parameter(const DistributionFit& fit, std::size_t i, const FiftyDigits& estimate,
                     const FiftyDigits& std_error) {
  INFO(fit.family << " " << fit.parameters[i].name);
  const auto expected = static_cast<double>(estimate), error = static_cast<double>(std_error);
  CHECK_NEAR(fit.parameters[i].estimate, expected, test::relative(1e-12, expected));
  CHECK_NEAR(fit.parameters[i].std_error, error, test::relative(1e-11, error));
}

/// Where f, which falls, is 0 between low and high, to 50 digits.
template <class F>
FiftyDigits zero_of(const F& f, FiftyDigits low, FiftyDigits high) {
  for (int i = 0; i < 180; ++i) {
    const FiftyDigits middle = (low + high) / 2;
    (f(middle) > 0 ? low : high) = middle;
  }
  return low;
}

template <class F>
FiftyDigits mean_of_bearings(const F& f) {
  FiftyDigits sum = 0;
  for (const double x : bearings) sum += f(FiftyDigits(x));
  return sum / bearings.size();
}

}  // namespace

// By hand: of 1, 2, 3, 6 the mean is 3, Σ(x − 3)² = 14, Σx² = 50, Π x = 36, Σ 1/x = 2.
TEST_CASE("fit: closed forms agree with those by hand", "[stats]") {
  const std::vector<double> x{1, 2, 3, 6};
  const auto check = [&](const char* family, double first, double error, double second,
                         double second_error) {
    INFO(family);
    const DistributionFit found = fit(family, x);
    CHECK_NEAR(found.parameters[0].estimate, first, 1e-15 * std::abs(first));
    if (std::isnan(error))
      CHECK(std::isnan(found.parameters[0].std_error));
    else
      CHECK_NEAR(found.parameters[0].std_error, error, 1e-15);
    if (found.parameters.size() < 2) return;
    CHECK_NEAR(found.parameters[1].estimate, second, 4e-16 * std::abs(second));
    if (std::isnan(second_error))
      CHECK(std::isnan(found.parameters[1].std_error));
    else
      CHECK_NEAR(found.parameters[1].std_error, second_error, 1e-15 * second_error);
  };
  const double none = not_a_number, sd = std::sqrt(3.5);
  check("normal", 3, sd / 2, sd, sd / std::sqrt(8.0));
  check("exponential", 1.0 / 3, 1.0 / 6, none, none);
  check("rayleigh", 2.5, 0.625, none, none);
  check("laplace", 2.5, 0.75, 1.5, 0.75);
  check("pareto", 1, none, 4 / std::log(36.0), 2 / std::log(36.0));
  check("inverse_gaussian", 3, std::sqrt(27.0 / 24), 6, 6 / std::sqrt(2.0));
  check("uniform", 1, none, 6, none);
  check("discrete_uniform", 1, none, 6, none);
  check("poisson", 3, std::sqrt(0.75), none, none);
  check("geometric", 0.25, 0.25 * std::sqrt(0.75) / 2, none, none);
  const DistributionFit exponential = fit("exponential", x);
  CHECK_NEAR(exponential.log_likelihood, -4 * std::log(3.0) - 4, 1e-14);
  CHECK_NEAR(exponential.aic, 2 + 8 * std::log(3.0) + 8, 1e-14);
  CHECK_NEAR(exponential.bic, std::log(4.0) + 8 * std::log(3.0) + 8, 1e-14);
  // Just below 1 none of the sample, but 1 − e^(−1/3) of the fit.
  CHECK_NEAR(exponential.ks, 1 - std::exp(-1.0 / 3), 1e-15);
  CHECK_NEAR(fit("uniform", x).ks, 0.35, 1e-15);  // at 3: 0.75 and 0.4
}

TEST_CASE("fit: gamma agrees with 50 digits", "[stats]") {
  const FiftyDigits mean = mean_of_bearings([](const FiftyDigits&x) { return x; }),
                    mean_log = mean_of_bearings([](const FiftyDigits&x) { return log(x); });
  const FiftyDigits shape = zero_of(
      [&](const FiftyDigits& k) -> FiftyDigits {
        return log(k) - math::digamma(k) - (log(mean) - mean_log);
      },
      1, 10);
  const FiftyDigits scale = mean / shape, n = bearings.size();
  // The information is n [[ψ₁, 1/scale], [1/scale, shape/scale²]].
  const FiftyDigits bend = math::polygamma(1, shape), rest = n * (shape * bend - 1);
  const DistributionFit found = fit("gamma", bearings);
  check_parameter(found, 0, shape, sqrt(shape / rest));
  check_parameter(found, 1, scale, scale * sqrt(bend / rest));
}

TEST_CASE("fit: weibull agrees with 50 digits, and with the literature", "[stats]") {
  const FiftyDigits mean_log = mean_of_bearings([](const FiftyDigits& x) { return log(x); });
  const FiftyDigits shape = zero_of(
      [&](const FiftyDigits& k) -> FiftyDigits {
        return 1 / k + mean_log -
               mean_of_bearings([&](const FiftyDigits& x) { return pow(x, k) * log(x); }) /
                   mean_of_bearings([&](const FiftyDigits& x) { return pow(x, k); });
      },
      1, 4);
  const FiftyDigits scale =
      pow(mean_of_bearings([&](const FiftyDigits& x) { return pow(x, shape); }), 1 / shape);
  const auto energy = [&](int power) {
    return mean_of_bearings(
        [&](const FiftyDigits& x) { return pow(x / scale, shape) * pow(log(x / scale), power); });
  };
  const FiftyDigits n = bearings.size(), first = 1 / (shape * shape) + energy(2),
                    mixed = -shape / scale * energy(1), second = pow(shape / scale, 2),
                    rest = n * (first * second - mixed * mixed);
  const DistributionFit found = fit("weibull", bearings);
  check_parameter(found, 0, shape, sqrt(second / rest));
  check_parameter(found, 1, scale, sqrt(first / rest));
  // Lawless, Statistical Models and Methods for Lifetime Data (1982): 2.10 and 81.9.
  CHECK_NEAR(found.parameters[0].estimate, 2.10, 0.005);
  CHECK_NEAR(found.parameters[1].estimate, 81.9, 0.05);
}

TEST_CASE("fit: gumbel agrees with 50 digits", "[stats]") {
  const FiftyDigits mean = mean_of_bearings([](const FiftyDigits& x) { return x; });
  const auto weight = [](const FiftyDigits& s) {
    return mean_of_bearings([&](const FiftyDigits& x) { return exp(-x / s); });
  };
  const FiftyDigits scale = zero_of(
      [&](const FiftyDigits& s) -> FiftyDigits {
        return mean - s -
               mean_of_bearings([&](const FiftyDigits& x) { return x * exp(-x / s); }) / weight(s);
      },
      5, 100);
  const FiftyDigits location = -scale * log(weight(scale));
  const auto tail = [&](int power) {
    return mean_of_bearings([&](const FiftyDigits& x) {
      const FiftyDigits z = (x - location) / scale;
      return pow(z, power) * exp(-z);
    });
  };
  // Derivatives of −log s − z − e^(−z) with z = (x − m)/s, where Σ e^(−z) = n.
  const FiftyDigits n = bearings.size(), first = 1, mixed = -tail(1), second = 1 + tail(2),
                    rest = n * (first * second - mixed * mixed);
  const DistributionFit found = fit("gumbel", bearings);
  check_parameter(found, 0, location, scale * sqrt(second / rest));
  check_parameter(found, 1, scale, scale * sqrt(first / rest));
}

TEST_CASE("fit: negative binomial agrees with 50 digits, and with the literature", "[stats]") {
  const FrequencyTable table = frequency_table(mites, leaves);
  const FiftyDigits mean = FiftyDigits(172) / 150;
  const FiftyDigits r = zero_of(
      [&](const FiftyDigits& at) -> FiftyDigits {
        FiftyDigits sum = 0;
        for (std::size_t i = 0; i < mites.size(); ++i)
          for (int j = 0; j < mites[i]; ++j) sum += leaves[i] / (at + j);
        return sum - 150 * log(1 + mean / at);
      },
      FiftyDigits(1) / 10, 10);
  const DistributionFit found =
      fit_distribution(find_distribution_family("negative_binomial"), table);
  FiftyDigits bend = 0;
  for (std::size_t i = 0; i < mites.size(); ++i)
    for (int j = 0; j < mites[i]; ++j) bend += leaves[i] / ((r + j) * (r + j));
  const FiftyDigits p = r / (r + mean), mixed = -150 / p,
                    second = 150 * (r / (p * p) + mean / ((1 - p) * (1 - p))),
                    rest = bend * second - mixed * mixed;
  check_parameter(found, 0, r, sqrt(second / rest));
  check_parameter(found, 1, p, sqrt(bend / rest));
  CHECK_NEAR(found.parameters[0].estimate, 1.02459, 5e-6);  // Bliss & Fisher (1953)
}

// Bortkewitsch, Das Gesetz der kleinen Zahlen (1898): deaths by kicks of horses in 200 corps-years.
TEST_CASE("fit: the horse kicks are Poisson's", "[stats]") {
  const std::vector<double> deaths{0, 1, 2, 3, 4}, years{109, 65, 22, 3, 1};
  const DistributionFit found =
      fit_distribution(find_distribution_family("poisson"), frequency_table(deaths, years));
  CHECK_NEAR(found.parameters[0].estimate, 0.61, 1e-15);
  CHECK_NEAR(found.parameters[0].std_error, std::sqrt(0.61 / 200), 1e-15);
  CHECK(found.observations == 200);
}

TEST_CASE("fit: the number of trials is the likeliest of all", "[stats]") {
  const std::vector<double> x{4, 5, 6, 6, 7, 7, 7, 8, 8, 9, 10};
  const DistributionFit found = fit("binomial", x);
  double best = -infinity, best_trials = 0;
  for (double trials = 10; trials < 2000; ++trials) {
    const double p = 77 / (11 * trials);
    double sum = 0;
    for (const double k : x)
      sum += log_pdf(parse_distribution(fmt::format("binomial({}, {})", trials, p)), k);
    if (sum > best) {
      best = sum;
      best_trials = trials;
    }
  }
  CHECK(found.parameters[0].estimate == best_trials);
  CHECK_NEAR(found.log_likelihood, best, 1e-12 * std::abs(best));
}

TEST_CASE("distribution model: what was saved reads back to the bit", "[stats]") {
  const DistributionFit found = fit("gamma", bearings);
  const std::string text = to_json(found, "life");
  const AnyDistribution read = distribution_from_json(text);
  CHECK(read.text() == found.distribution->text());
  CHECK(cdf(read, 50) == cdf(*found.distribution, 50));
  CHECK(to_json(fit("uniform", bearings), "life").find("null") != std::string::npos);
  CHECK_THROWS_AS(to_json(found, "\xff"), DataError);
}

TEST_CASE("distribution model: format 1.0 is read, anything else refused", "[stats]") {
  const std::string model =
      R"({"format": "mathtool-distribution", "format_version": "1.0", "variable": "x",
 "family": "gamma", "parameters": [{"name": "shape", "estimate": 2.5, "std_error": 0.1,
 "fixed": false}, {"name": "scale", "estimate": 3, "std_error": null, "fixed": true}],
 "observations": 10, "log_likelihood": -12.5})";
  CHECK(distribution_from_json(model).text() == "gamma(2.5, 3)");
  const auto refused = [&](const std::string& from, const std::string& to) {
    std::string text = model;
    text.replace(text.find(from), from.size(), to);
    INFO(text);
    CHECK_THROWS_AS(distribution_from_json(text, "m.json"), DataError);
  };
  refused("mathtool-distribution", "mathtool-pca");
  refused("\"1.0\"", "\"2.0\"");
  refused("\"1.0\"", "1");
  refused("\"gamma\"", "\"gama\"");
  refused("\"gamma\"", "7");
  refused("\"gamma\"", "\"exponential\"");
  refused("\"gamma\"", "\"hyperexponential\"");
  refused("2.5", "-2.5");
  refused("2.5", "null");
  refused("\"scale\"", "\"sd\"");
  refused("\"parameters\"", "\"parameter\"");
  for (const char* text : {"", "[]", "{}", "{", "null", "7"})
    CHECK_THROWS_AS(distribution_from_json(text), DataError);
}
