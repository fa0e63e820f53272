#include <cmath>
#include <string>
#include <vector>

#include "cli/support/command.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using nlohmann::json;

namespace {

const Command dist{"dist"};

double value_of(std::vector<std::string> arguments) {
  return dist.result(std::move(arguments))["values"][0]["value"];
}

}  // namespace

// Figures: R 4.2.2's pnorm(1.96), qt(0.975, 5), pbinom(5, 10, 0.3, lower = FALSE), qpois(0.9, 4).
TEST_CASE("dist: values of every kind", "[cli]") {
  CHECK_NEAR(value_of({"normal(0, 1)", "cdf", "1.96"}), 0.97500210485177952, 1e-16);
  CHECK_NEAR(value_of({"t(df=5)", "quantile", "0.975"}), 2.5705818356363155, 1e-14);
  CHECK_NEAR(value_of({"binomial(10, 0.3)", "survival", "5"}), 0.04734898739999999, 1e-15);
  CHECK(value_of({"poisson(4)", "quantile", "0.9"}) == 7);
  CHECK(value_of({"exponential(rate=1/2)", "mean"}) == 2);
  CHECK_NEAR(value_of({"normal", "quantile_survival", "1e-300"}), 37.047096299361199, 1e-14);
  const json interval = dist.result({"uniform", "interval", "0.9"})["values"][0]["value"];
  CHECK_NEAR(interval[0].get<double>(), 0.05, 1e-16);
  CHECK_NEAR(interval[1].get<double>(), 0.95, 1e-15);
  CHECK(dist.result({"pareto(2, 3)", "support"})["values"][0]["value"] == json({2, "inf"}));
}

TEST_CASE("dist: one number is written alone, several with their x", "[cli]") {
  CHECK(dist({"normal", "cdf", "0"}).out == "0.5\n");
  const json values = dist.result({"normal", "pdf", "-1", "0", "1"})["values"];
  REQUIRE(values.size() == 3);
  CHECK(values[0]["x"] == -1);
  CHECK(values[0]["value"] == values[2]["value"]);
  CHECK(dist({"normal", "cdf", "0", "--csv"}).out == "x,cdf\n0,0.5\n");
}

TEST_CASE("dist: info, the list of families, samples", "[cli]") {
  const json properties = dist.result({"gamma(2.5, scale=2)"})["properties"];
  CHECK(properties["distribution"] == "gamma(2.5, 2)");
  CHECK(properties["mean"] == 5);
  CHECK(properties["mode"] == 3);
  const json families = dist.result({})["families"];
  CHECK(families.size() >= 39);
  const Outcome first = dist({"poisson(4)", "sample", "100", "--seed", "7", "--json"});
  CHECK(json_of(first)["result"]["values"].size() == 100);
  CHECK(json_of(first)["seed"] == 7);
  CHECK(first.out == dist({"poisson(4)", "sample", "100", "--seed", "7", "--json"}).out);
  CHECK(first.out != dist({"poisson(4)", "sample", "100", "--seed", "8", "--json"}).out);
}

TEST_CASE("dist: distributions of vectors", "[cli]") {
  const std::string normal = "multivariate_normal([0, 1], [[2, 1], [1, 3]])";
  // exp(−½ (0, −1) Σ⁻¹ (0, −1)ᵀ) / (2π √5) with Σ⁻¹ = [[3, −1], [−1, 2]]/5
  CHECK_NEAR(value_of({normal, "pdf", "[0, 0]"}), std::exp(-0.2) / (2 * M_PI * std::sqrt(5.0)),
             1e-16);
  CHECK(dist.result({normal, "mean"})["values"][0]["value"] == json({0, 1}));
  CHECK(dist.result({normal, "variance"})["values"][0]["value"] == json({{2, 1}, {1, 3}}));
  CHECK(dist.result({normal, "sample", "3"})["values"].size() == 3);
  CHECK(dist({normal, "cdf", "[0, 0]"}).status == 2);
  CHECK(dist({normal, "pdf", "0"}).status == 2);
  CHECK(dist({normal, "pdf", "[0, 0, 0]"}).status == 2);
}

TEST_CASE("dist: what cannot be understood is one line and status 2", "[cli]") {
  const std::vector<std::vector<std::string>> wrong = {
      {"normal(0,-1)", "cdf", "1"},
      {"", "cdf", "1"},
      {"norml", "cdf", "1"},
      {"normal(0,1", "cdf", "1"},
      {"normal(0,1))", "cdf", "1"},
      {"normal(0,,1)", "cdf", "1"},
      {"normal(0,1,2)", "cdf", "1"},
      {"normal(mean=0, 1)", "cdf", "1"},
      {"normal(men=0)", "cdf", "1"},
      {"normal(mean=0, mean=1)", "cdf", "1"},
      {"normal(1e999)", "cdf", "1"},
      {"normal(nan)", "cdf", "1"},
      {"normal(0, inf)", "cdf", "1"},
      {"gamma", "cdf", "1"},
      {"normal", "cfd", "1"},
      {"normal", "cdf"},
      {"normal", "cdf", "nan"},
      {"normal", "cdf", "one"},
      {"normal", "mean", "1"},
      {"normal", "quantile", "1.5"},
      {"normal", "quantile", "-0.1"},
      {"normal", "interval", "1"},
      {"normal", "hdi", "0"},
      {"normal", "sample", "-1"},
      {"normal", "sample", "2.5"},
      {"normal", "sample"},
      {"uniform(2, 1)", "mean"},
      {"triangular(0, 9, 5)", "mean"},
      {"hypergeometric(10, 20, 5)", "mean"},
      {"binomial(2.5, 0.5)", "mean"},
      {"categorical(0.5, 0.6)", "mean"},
      {"mixture([1], [normal, normal])", "mean"},
      {"truncated(normal, 2, 1)", "mean"},
      {"affine(normal, 0, 0)", "mean"},
      {"multivariate_normal([0, 0], [[1, 2], [2, 1]])", "info"},
      {"multinomial(3, [0.5, 0.6])", "info"},
      {std::string(100'000, '('), "mean"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    INFO(arguments[0].substr(0, 60) << ' ' << arguments.back().substr(0, 60));
    const Outcome outcome = dist(arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.size() < 300);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  }
  std::string nested = "normal";
  for (int i = 0; i < 1000; ++i) nested = "affine(" + nested + ", 1, 2)";
  CHECK(dist({nested, "mean"}).status == 2);
}

TEST_CASE("dist: misspelt names are guessed", "[cli]") {
  CHECK(dist({"norml", "cdf", "1"}).err ==
        "mathtool dist: there is no distribution 'norml' (did you mean 'normal'?)\n");
  CHECK(dist({"normal", "survivl", "1"}).err.find("did you mean 'survival'?") != std::string::npos);
}

TEST_CASE("dist: more draws than --memory allows are refused", "[cli]") {
  const Outcome outcome = dist({"normal", "sample", "1e9", "--memory", "1M"});
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find("--memory") != std::string::npos);
}

// The median of a Poisson variable lies between mean - log 2 and mean + 1/3.
TEST_CASE("dist: quantiles of counts up to the largest double", "[cli]") {
  for (const std::string mean : {"1e17", "1e300", "1e302", "1e308"}) {
    INFO(mean);
    CHECK(value_of({"poisson(" + mean + ")", "median"}) == std::stod(mean));
  }
  CHECK_NEAR(value_of({"negative_binomial(1e308, 0.5)", "median"}), 1e308, 1e294);
}

// 3 - 2 X of a binomial X is at most 1 where X is at least 1: 1 - 2^-10.
TEST_CASE("dist: the quantile of a distribution function is where it was taken", "[cli]") {
  const std::string turned = "affine(binomial(10, 0.5), 3, -2)";
  CHECK(value_of({turned, "cdf", "1"}) == 0.9990234375);
  CHECK(value_of({turned, "quantile", "0.9990234375"}) == 1);
  CHECK(value_of({turned, "quantile", "0.9990234376"}) == 3);
}

TEST_CASE("dist: a figure of wide counts and of heavy tails", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  for (const std::string d : {"poisson(1e30)", "affine(binomial(10, 0.3), 0.5, 2)", "f(1, 1)"})
    CHECK(dist({d, "mean", "--plot=" + (folder / "d.svg")}).status == 0);
}

TEST_CASE("dist: huge parameters give answers soon", "[cli]") {
  for (const char* specification :
       {"normal(0, 1e308)",
        "normal(1e308, 1)",
        "gamma(1e308)",
        "gamma(1e-308)",
        "gamma(1, 1e308)",
        "student_t(1e308)",
        "student_t(1e-300)",
        "beta(1e308, 1e308)",
        "beta(1e-308, 1e308)",
        "f(1e308, 1e-3)",
        "chi_squared(1e308)",
        "poisson(1e308)",
        "poisson(1e-308)",
        "binomial(9007199254740992, 0.5)",
        "negative_binomial(1e308, 0.5)",
        "geometric(1e-308)",
        "hypergeometric(9007199254740992, 4503599627370496, 4503599627370496)",
        "weibull(1e308)",
        "weibull(1e-308)",
        "pareto(1e308, 1e-308)",
        "lognormal(1e308, 1)",
        "inverse_gaussian(1e308, 1e-308)",
        "inverse_gamma(1e308)",
        "skew_normal(0, 1, 1e308)",
        "logistic(0, 1e308)",
        "uniform(-1e308, 1e308)",
        "noncentral_t(1e308, 1)",
        "noncentral_chi2(1e308, 1)",
        "rayleigh(1e308)"})
    for (const char* verb : {"cdf", "survival", "pdf", "log_cdf", "quantile"}) {
      INFO(specification << ' ' << verb);
      const Outcome outcome = dist({specification, verb, "0.5", "--json"});
      CHECK(outcome.status == 0);
    }
}
