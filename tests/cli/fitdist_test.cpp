#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/support/command.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const Command fitdist{"fitdist"};

Json fits_of(std::vector<std::string> arguments, const std::string& input = "") {
  return fitdist.result(std::move(arguments), input)["fits"];
}

std::vector<std::string> families(const Json& fits) {
  std::vector<std::string> names;
  for (const Json& fit : fits) names.push_back(fit["family"]);
  return names;
}

bool tries(const Json& fits, const std::string& family) {
  const auto names = families(fits);
  return std::find(names.begin(), names.end(), family) != names.end();
}

}  // namespace

// By hand: of 1, 2, 3, 6 the mean is 3 and the mean square deviation 3.5.
TEST_CASE("fitdist: a named family with its parameters and criteria", "[cli]") {
  const Json fits = fits_of({"-", "--families", "exponential,normal"}, "x\n1\n2\n3\n6\n");
  REQUIRE(fits.size() == 2);
  CHECK(families(fits) == std::vector<std::string>{"exponential", "normal"});
  const Json& exponential = fits[0];
  CHECK(exponential["parameters"][0]["name"] == "rate");
  CHECK_NEAR(exponential["parameters"][0]["estimate"].get<double>(), 1.0 / 3, 1e-16);
  CHECK_NEAR(exponential["parameters"][0]["std_error"].get<double>(), 1.0 / 6, 1e-16);
  const double log_likelihood = -4 * std::log(3.0) - 4;
  CHECK_NEAR(exponential["log_likelihood"].get<double>(), log_likelihood, 1e-14);
  CHECK_NEAR(exponential["aic"].get<double>(), 2 - 2 * log_likelihood, 1e-14);
  CHECK_NEAR(exponential["bic"].get<double>(), std::log(4.0) - 2 * log_likelihood, 1e-14);
  CHECK_NEAR(exponential["ks"].get<double>(), 1 - std::exp(-1.0 / 3), 1e-15);
  CHECK(exponential["p_value"].get<double>() > 0.5);
  CHECK_NEAR(fits[1]["parameters"][1]["estimate"].get<double>(), std::sqrt(3.5), 1e-15);
}

TEST_CASE("fitdist: all families are ranked by the criterion of Akaike", "[cli]") {
  const Outcome outcome = fitdist({iris, "-c", "Petal.Length", "--json"});
  const Json report = json_of(outcome), fits = report["result"]["fits"];
  CHECK(fits.size() > 12);
  for (std::size_t i = 1; i < fits.size(); ++i) CHECK(fits[i - 1]["aic"] <= fits[i]["aic"]);
  CHECK(tries(fits, "gamma"));
  CHECK_FALSE(tries(fits, "beta"));
  CHECK_FALSE(tries(fits, "poisson"));
  CHECK(report["notes"].dump().find("beta") != std::string::npos);
  CHECK(report["input"]["used"] == 150);
}

TEST_CASE("fitdist: whole numbers are counts unless said otherwise", "[cli]") {
  const std::string counts = "x\n0\n1\n1\n2\n3\n0\n5\n";
  CHECK(tries(fits_of({"-"}, counts), "poisson"));
  CHECK_FALSE(tries(fits_of({"-"}, counts), "normal"));
  CHECK(tries(fits_of({"-", "--families", "continuous"}, counts), "normal"));
  CHECK_THAT(fitdist({"-"}, counts).err, ContainsSubstring("--families continuous"));
  CHECK(tries(fits_of({"-"}, "x\n-1\n1\n4\n"), "normal"));
  CHECK(fits_of({"-", "--families", "poisson"}, counts)[0]["p_value"].is_null());
}

TEST_CASE("fitdist: weights are frequencies", "[cli]") {
  const std::string table = "deaths,years\n0,109\n1,65\n2,22\n3,3\n4,1\n";
  const Json fit =
      fits_of({"-", "-c", "deaths", "--weights", "years", "--families", "poisson"}, table)[0];
  CHECK_NEAR(fit["parameters"][0]["estimate"].get<double>(), 0.61, 1e-15);
  CHECK_NEAR(fit["parameters"][0]["std_error"].get<double>(), std::sqrt(0.61 / 200), 1e-15);
}

TEST_CASE("fitdist: a fixed parameter is held in every family that has it", "[cli]") {
  const Json fits =
      fits_of({iris, "-c", "1", "--families", "gamma,normal,weibull", "--fix", "scale=6"});
  for (const Json& fit : fits)
    for (const Json& parameter : fit["parameters"]) {
      const bool fixed = parameter["name"] == "scale";
      CHECK(parameter.value("fixed", false) == fixed);
      CHECK(parameter["std_error"].is_null() == fixed);
      if (fixed) CHECK(parameter["estimate"] == 6);
    }
}

TEST_CASE("fitdist: groups are fitted one by one", "[cli]") {
  const Json groups = json_of(fitdist(
      {iris, "-c", "1", "-g", "Species", "--families", "normal", "--json"}))["result"]["groups"];
  REQUIRE(groups.size() == 3);
  CHECK(groups[0]["group"]["Species"] == "setosa");
  CHECK_NEAR(groups[0]["fits"][0]["parameters"][0]["estimate"].get<double>(), 5.006, 1e-14);
  const std::string table = "g,x\na,1.5\na,2\nb,1\nb,1\n";
  const Outcome outcome = fitdist({"-", "-g", "g", "--families", "normal"}, table);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("g = b"));
}

TEST_CASE("fitdist: CSV has a line per family with its parameters", "[cli]") {
  const Outcome outcome =
      fitdist({"-", "--families", "uniform,exponential", "--csv"}, "x\n1\n2\n3\n6\n");
  const std::vector<std::string> rows = lines(outcome.out);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0] == "family,log_likelihood,aic,bic,ks,p_value,parameters");
  CHECK(rows[1].ends_with(",\"low = 1, high = 6\""));
}

TEST_CASE("fitdist: a saved fit is a distribution for dist", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m.json";
  const Outcome saved =
      fitdist({"-", "--families", "exponential", "--save", model}, "x\n1\n2\n3\n6\n");
  REQUIRE(saved.status == 0);
  const Json value =
      json_of(run_mathtool({"dist", "@" + model, "survival", "3", "--json"}))["result"];
  CHECK_NEAR(value["values"][0]["value"].get<double>(), std::exp(-1.0), 1e-15);
  CHECK(run_mathtool({"dist", "@" + model}).status == 0);
  CHECK(run_mathtool({"dist", "@" + folder / "none.json", "mean"}).status == 1);
  CHECK(run_mathtool({"dist", "@" + iris, "mean"}).status == 1);
  const Outcome applied = run_mathtool({"apply", model, iris});
  CHECK(applied.status == 1);
  CHECK_THAT(applied.err, ContainsSubstring("mathtool-distribution"));
}

TEST_CASE("fitdist: the Q-Q plot shows the sample beside the best fit", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  const Outcome drawn =
      fitdist({iris, "-c", "1", "--families", "gamma", "--plot=" + (folder / "q.svg")});
  CHECK(drawn.status == 0);
  CHECK_THAT(folder.content("q.svg"), ContainsSubstring("quantiles of gamma"));
  // R 4.2.2's uniroot of log(k) - digamma(k): 50.627684969, and the mean over it: 0.115417747
  CHECK_THAT(folder.content("q.svg"), ContainsSubstring("gamma(50.6277, 0.115418)"));
}

TEST_CASE("fitdist: a named family without a maximum is status 4, with the reason", "[cli]") {
  const Outcome outcome =
      fitdist({"-", "--families", "gamma,exponential", "--json"}, "x\n1.5\n0\n2\n");
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "divergent");
  CHECK_THAT(report["reason"].get<std::string>(), ContainsSubstring("0 or infinite"));
  CHECK(families(report["result"]["fits"]) == std::vector<std::string>{"exponential", "gamma"});
  CHECK(report["result"]["fits"][1]["status"] == "divergent");
  CHECK(report["result"]["fits"][1]["parameters"][0]["estimate"].is_null());
  const Outcome all = fitdist({"-", "--families", "continuous"}, "x\n1.5\n0\n2\n");
  CHECK(all.status == 0);
  CHECK_THAT(all.err, ContainsSubstring("left out: the likelihood of gamma has no maximum"));
}

TEST_CASE("fitdist: data that cannot be fitted are one line and status 3", "[cli]") {
  const auto refused = [](const std::vector<std::string>& arguments, const std::string& input) {
    const Outcome outcome = fitdist(arguments, input);
    INFO(input << outcome.err);
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK(lines(outcome.err).size() == 1);
  };
  refused({"-"}, "");
  refused({"-"}, "x\n");
  refused({"-"}, "x\n1.5\n");
  refused({"-"}, "x\n2\n2\n2\n");
  refused({"-"}, "x\nNA\nNA\n");
  refused({"-"}, "x\n1\ninf\n3\n");
  refused({"-"}, "x\na\nb\n");
  refused({"-", "--families", "beta"}, "x\n0.5\n1.5\n");
  refused({"-", "--families", "poisson"}, "x\n0.5\n1.5\n");
  refused({"-", "--families", "uniform", "--fix", "low=1"}, "x\n0.5\n1.5\n");
  refused({"-", "--where", "x > 9"}, "x\n0.5\n1.5\n");
}

TEST_CASE("fitdist: what cannot be understood is one line and status 2", "[cli]") {
  const auto refused = [](std::vector<std::string> arguments, const std::string& hint) {
    const Outcome outcome = fitdist(arguments);
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(lines(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring(hint));
  };
  refused({iris}, "pick the one to fit with -c");
  refused({iris, "-c", "1", "--families", "gama"}, "did you mean 'gamma'?");
  refused({iris, "-c", "1", "--families", ""}, "families");
  refused({iris, "-c", "1", "--families", "gamma,"}, "distribution");
  refused({iris, "-c", "1", "--families", "discret"}, "discrete");
  refused({iris, "-c", "1", "--families", "all,gamma"}, "'all' stands alone\n");
  refused({iris, "-c", "1", "--families", "mixture"}, "cannot be estimated");
  refused({iris, "-c", "1", "--fix", "shape"}, "NAME=VALUE");
  refused({iris, "-c", "1", "--families", "gamma", "--fix", "shap=2"}, "did you mean 'shape'?");
  refused({iris, "-c", "1", "--families", "gamma", "--fix", "shape=-2"}, "> 0");
  refused({iris, "-c", "1", "--fix", "shape=2", "--fix", "shape=3"}, "twice");
  refused({iris, "-c", "1", "--missing", "mean"}, "--missing");
  refused({iris, "-c", "1", "-g", "Species", "--save", "m.json"}, "--save");
}

TEST_CASE("fitdist: blanks around the names of families mean nothing", "[cli]") {
  const std::string normal = fitdist({iris, "-c", "1", "--families", "normal,gamma", "--csv"}).out;
  CHECK(lines(normal).size() == 3);
  CHECK(fitdist({iris, "-c", "1", "--families", " normal, gamma ", "--csv"}).out == normal);
}

TEST_CASE("fitdist: every family that is left out is named", "[cli]") {
  // The variance of these counts is above their mean: no number of trials is likeliest.
  const Outcome outcome = fitdist({"-"}, "x\n0\n1\n1\n9\n");
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("the likelihood of binomial grows with trials"));
}

TEST_CASE("fitdist: rows without a value are counted, not fitted", "[cli]") {
  const Json report = json_of(fitdist({"-", "--families", "normal", "--json"}, "x\n1\nNA\n2\n4\n"));
  CHECK(report["input"]["dropped"]["x"] == 1);
  CHECK(report["result"]["observations"] == 3);
}

TEST_CASE("fitdist: the threads change no byte", "[cli]") {
  const auto with = [](const std::string& threads) {
    return fitdist({iris, "-c", "3", "--json", "-j", threads}).out;
  };
  CHECK(with("1") == with("2"));
}
