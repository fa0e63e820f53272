#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

// clt and lln. With m means drawn, their mean has the standard error sd/√(n m).

using namespace mathtool::test;
using nlohmann::json;

namespace {

json rows(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  return json_of(run_mathtool(std::move(arguments)))["result"]["rows"];
}

double number(const json& row, const char* key) { return row[key].get<double>(); }

/// A distribution with its mean, sd, skewness, and ρ = E |X − mean|³/sd³ by hand.
struct Example {
  const char* specification;
  double mean, sd, skewness, rho;
};

const Example examples[] = {
    // E |X − 1|³ = ∫₀^∞ |x − 1|³ e⁻ˣ dx = 12/e − 2
    {"exponential(1)", 1, 1, 2, 12 / std::exp(1.0) - 2},
    // |X − 1/2| is uniform on (0, 1/2): E |X − 1/2|³ = 1/32, sd = 1/√12
    {"uniform(0, 1)", 0.5, 1 / std::sqrt(12.0), 0, std::pow(12.0, 1.5) / 32},
    // p (1 − p) (p² + (1 − p)²)/(p (1 − p))^1.5 = 0.82/0.3; skewness (1 − 2p)/√(p (1 − p))
    {"bernoulli(0.1)", 0.1, 0.3, 0.8 / 0.3, 0.82 / 0.3},
    // E |Z|³ = √(8/π)
    {"normal(5, 2)", 5, 2, 0, std::sqrt(8 / M_PI)},
};

}  // namespace

TEST_CASE("clt, lln: mean, sd and skewness are those of the theory", "[cli]") {
  constexpr double samples = 10'000;
  for (const char* command : {"clt", "lln"}) {
    for (const Example& example : examples) {
      for (const json& row : rows({command, example.specification, "-n", "1,16,100"})) {
        const double n = number(row, "n"), sd = example.sd / std::sqrt(n);
        INFO(command << ' ' << example.specification << " n = " << n);
        CHECK_NEAR(number(row, "expected_mean"), example.mean, ulps(2, example.mean));
        CHECK_NEAR(number(row, "expected_sd"), sd, ulps(4, sd));
        CHECK_NEAR(number(row, "mean"), example.mean, monte_carlo(6, sd / std::sqrt(samples)));
        // Var s² = (κ + 2) σ⁴/m with excess kurtosis κ, which is at most 6 + 1/9 at n = 1 here.
        CHECK_NEAR(number(row, "sd"), sd, monte_carlo(6, sd * std::sqrt(8.2 / 4 / samples)));
        // The standard error of skewness is √(6/m) for the normal, some five times that at n = 1.
        CHECK_NEAR(number(row, "skewness"), example.skewness / std::sqrt(n),
                   monte_carlo(6, (n > 1 ? 2 : 5) * std::sqrt(6 / samples)));
      }
    }
  }
}

TEST_CASE("clt: the bound of Berry and Esseen, by its formula", "[cli]") {
  for (const Example& example : examples)
    for (const json& row :
         rows({"clt", example.specification, "-n", "1,4,100", "--samples", "2"})) {
      const double bound =
          std::min(1.0, 0.3328 * (example.rho + 0.429) / std::sqrt(number(row, "n")));
      INFO(example.specification);
      CHECK_NEAR(number(row, "berry_esseen"), bound, relative(1e-10, bound));
    }
}

// Of one exponential variate, sup |F(z) − Φ(z)| is Φ(−1) = 0.158655253931457, at x = 0. Chance adds
// no more than 1.95/√m, the 0.1 % point of Kolmogorov's statistic.
TEST_CASE("clt: the distance from the normal distribution shrinks as the theorem tells", "[cli]") {
  const json exponential = rows({"clt", "exponential", "-n", "1,10,100", "--samples", "40000"});
  const double chance = 1.95 / std::sqrt(40000.0);
  CHECK_NEAR(number(exponential[0], "ks_distance"), 0.158655253931457, chance);
  for (const json& row : exponential)
    CHECK(number(row, "ks_distance") <= number(row, "berry_esseen") + chance);
  // Means of normal variates are normal: nothing but chance.
  for (const json& row : rows({"clt", "normal(-3, 0.1)", "-n", "1,7,50", "--samples", "40000"}))
    CHECK(number(row, "ks_distance") <= chance);
  // A fair coin: F jumps from 0 to 1/2 at z = −1, where Φ = 0.158655: distance 0.341345.
  CHECK_NEAR(
      number(rows({"clt", "bernoulli(0.5)", "-n", "1", "--samples", "40000"})[0], "ks_distance"),
      0.5 - 0.158655253931457, chance);
}

TEST_CASE("clt, lln: rows have the keys of the contract, 1, 5, 30 without -n", "[cli]") {
  for (const char* command : {"clt", "lln"}) {
    const Outcome outcome = run_mathtool({command, "gamma(2)", "--json"});
    const json whole = json_of(outcome);
    CHECK(whole["command"] == command);
    CHECK(whole["seed"] == 0);
    const json& found = whole["result"]["rows"];
    REQUIRE(found.size() == 3);
    CHECK(found[0]["n"] == 1);
    CHECK(found[1]["n"] == 5);
    CHECK(found[2]["n"] == 30);
    for (const char* key : {"n", "mean", "sd", "skewness", "ks_distance", "berry_esseen"})
      for (const json& row : found) CHECK(row[key].is_number());
    CHECK(lines(run_mathtool({command, "gamma(2)", "--csv"}).out)[0] ==
          "n,mean,sd,skewness,ks_distance,berry_esseen,expected_mean,expected_sd");
  }
}

TEST_CASE("clt, lln: a seed gives the same bytes for any number of threads", "[cli]") {
  const std::vector<std::string> words{"clt", "gamma(2.5)", "-n", "3,40", "--json"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), words.begin(), words.end());
    return run_mathtool(std::move(more)).out;
  };
  const std::string one = with({"-j1", "--seed", "7"});
  CHECK(one == with({"-j2", "--seed", "7"}));
  CHECK(one == with({"--seed", "7"}));
  CHECK(one != with({"--seed", "8"}));
  CHECK(with({}) == with({"--seed", "0"}));
  // Both commands draw the same means.
  CHECK(rows({"clt", "t(5)", "-n", "4"}) == rows({"lln", "t(5)", "-n", "4"}));
}

TEST_CASE("clt, lln: where a theorem does not hold is said, not hidden", "[cli]") {
  for (const char* command : {"clt", "lln"}) {
    const json cauchy = json_of(run_mathtool({command, "cauchy", "--json"}));
    CHECK_THAT(cauchy["notes"][0].get<std::string>(),
               ContainsSubstring("has no finite mean: the law of large numbers does not hold"));
    CHECK(cauchy["result"]["rows"][0]["ks_distance"].is_null());
    CHECK(cauchy["result"]["rows"][0]["berry_esseen"] == "inf");
    CHECK(cauchy["result"]["rows"][0]["expected_mean"].is_null());
    const json heavy = json_of(run_mathtool({command, "pareto(1, 1.5)", "--json"}));
    CHECK_THAT(heavy["notes"][0].get<std::string>(),
               ContainsSubstring("has no finite variance: the central limit theorem does not"));
    CHECK(heavy["result"]["rows"][0]["expected_mean"] == 3);
    CHECK(heavy["result"]["rows"][0]["expected_sd"] == "inf");
    // A variance, but no third moment: the bound alone is missing.
    const json third = rows({command, "pareto(1, 2.5)"});
    CHECK(third[0]["ks_distance"].is_number());
    CHECK(third[0]["berry_esseen"] == "inf");
    const json constant = json_of(run_mathtool({command, "discrete_uniform(3, 3)", "--json"}));
    CHECK_THAT(constant["notes"][0].get<std::string>(), ContainsSubstring("never varies"));
    CHECK(constant["result"]["rows"][0]["mean"] == 3);
    CHECK(constant["result"]["rows"][0]["sd"] == 0);
    CHECK(constant["result"]["rows"][0]["berry_esseen"].is_null());
  }
}

TEST_CASE("clt, lln: combined and discrete distributions", "[cli]") {
  const json mixed = rows({"clt", "mixture([0.5, 0.5], [normal(-1, 1), normal(1, 1)])", "-n", "9"});
  CHECK_NEAR(number(mixed[0], "expected_sd"), std::sqrt(2.0) / 3, 1e-15);
  const json poisson = rows({"lln", "poisson(4)", "-n", "4,400", "--samples", "1000"});
  CHECK_NEAR(number(poisson[1], "mean"), 4, monte_carlo(6, 0.1 / std::sqrt(1000.0)));
  const json expressions = rows({"clt", "exponential(1/2)", "-n", "2^4", "--samples", "1e3"});
  CHECK(expressions[0]["n"] == 16);
  CHECK(number(expressions[0], "expected_sd") == 0.5);
}

TEST_CASE("clt, lln: what cannot be drawn is one line and status 2", "[cli]") {
  const std::vector<std::vector<std::string>> wrong = {
      {"expnential"},
      {"normal(0, -1)"},
      {"normal", "-n", "0"},
      {"normal", "-n", "-1"},
      {"normal", "-n", "2.5"},
      {"normal", "-n", "nan"},
      {"normal", "-n", "inf"},
      {"normal", "-n", "1e30"},
      {"normal", "-n", "1,,5"},
      {"normal", "-n", ""},
      {"normal", "--samples", "0"},
      {"normal", "--samples", "1"},
      {"normal", "--samples", "-5"},
      {"normal", "--samples", "1e30"},
      {"normal", "--samples", "many"},
      {"multivariate_normal([0, 0], [[1, 0], [0, 1]])"},
      {},
  };
  for (const char* command : {"clt", "lln"})
    for (std::vector<std::string> words : wrong) {
      words.insert(words.begin(), command);
      const Outcome outcome = run_mathtool(words);
      INFO(command << ' ' << words.back() << ": " << outcome.err);
      CHECK(outcome.status == 2);
      CHECK(outcome.out.empty());
      CHECK(lines(outcome.err).size() == 1);
    }
  CHECK_THAT(run_mathtool({"clt", "expnential"}).err,
             ContainsSubstring("did you mean 'exponential'?"));
  const Outcome many = run_mathtool({"clt", "normal", "--samples", "1e9"});
  CHECK(many.status == 1);
  CHECK_THAT(many.err, ContainsSubstring("--memory"));
}

TEST_CASE("clt, lln: an endless sum ends with Ctrl-C", "[cli]") {
  for (const char* command : {"clt", "lln"})
    CHECK(shell(std::string("timeout -s INT --preserve-status 0.3 $MATHTOOL ") + command +
                " normal -n 1e12 --samples 2")
              .status == 130);
}

TEST_CASE("clt, lln: --plot draws the means of every n", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  for (const char* command : {"clt", "lln"}) {
    const std::string name = std::string(command) + ".svg";
    const Outcome drawn = run_mathtool({command, "exponential", "--plot", folder / name});
    CHECK(drawn.status == 0);
    CHECK_THAT(folder.content(name), ContainsSubstring("<svg"));
    CHECK_THAT(folder.content(name), ContainsSubstring("n = 30"));
  }
  CHECK(run_mathtool({"clt", "cauchy", "--plot", folder / "cauchy.svg"}).status == 2);
  CHECK(run_mathtool({"lln", "cauchy", "--plot", folder / "cauchy.svg"}).status == 0);
}
