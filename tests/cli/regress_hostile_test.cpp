#include <algorithm>
#include <cmath>

#include "cli/support/regression_figures.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Ends with that status, nothing on stdout, and one line that says this.
void check_refusal(std::vector<std::string> arguments, const std::string& input, int status,
                   const std::string& part) {
  CHECK(has(regress.refusal(status, std::move(arguments), input), part));
}

/// y of x with noise, and a group, in n rows.
std::string noisy_table(int n) {
  std::string text = "y,x,z,g\n";
  for (int i = 0; i < n; ++i) {
    const double x = std::sin(i * 1.7), z = std::cos(i * 0.37) + 0.3 * x;
    text += std::to_string(1 + 2 * x - z + std::sin(i * 12.9898)) + "," + std::to_string(x) + "," +
            std::to_string(z) + "," + (i % 3 == 0 ? "a" : "b") + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("regress: what the data cannot support is exit 3 with one line", "[cli]") {
  check_refusal({"y ~ x"}, "y,x\nNA,1\n?,2\nNA,3\n", 3, "no row is left");
  check_refusal({"y ~ x", "--weights", "w"}, "y,x,w\n1,1,.1\n3,2,.2\n2,3,.4\n", 3,
                "frequencies, sum to 0.7");
  check_refusal({"y ~ x"}, "y,x\n1,1\n2,inf\n4,3\n", 3, "regress: <stdin>:3: column 'x'");
  check_refusal({"y ~ x + z"}, "y,x,z\n1,2,3\n2,3,5\n", 3,
                "2 rows cannot determine 3 coefficients");
  check_refusal({"y ~ x"}, "y,x\n5,1\n5,2\n5,3\n", 3, "does not vary");
  check_refusal({"y ~ x"}, "y,x\n", 3, "no rows");
  check_refusal({"y ~ x"}, "", 3, "");
  check_refusal({"y ~ x"}, "y,x\n,1\n2,\n,3\n4,\n", 3, "no row is left");
  check_refusal({"y ~ x", "--weights", "w"}, "y,x,w\n1,1,0\n2,3,0\n4,4,0\n", 3, "no row is left");
  check_refusal({"y ~ x + g"}, "y,x,g\n1,1,a\n2,3,a\n4,4,a\n5,1,a\n", 3,
                "factor 'g' has one level, 'a'");
  check_refusal({"y ~ log(x)"}, "y,x\n1,0\n2,3\n4,4\n", 3, "'log(x)' is infinite");
  check_refusal({"y ~ ."}, "y,x,id\n1,1,k\n2,3,l\n4,4,m\n", 3,
                "factor 'id' has 3 levels in 3 rows");
  check_refusal({"g ~ x", "--family", "binomial"}, "g,x\na,1\nb,2\nc,3\n", 3, "has 3 levels");
  check_refusal({"y ~ x", "--family", "binomial"}, "y,x\n0,1\n2,2\n1,3\n", 3, "0 or 1");
  check_refusal({"y ~ x", "--family", "binomial"}, "y,x\n1,1\n1,2\n1,3\n", 3, "1 in every row");
  check_refusal({"y ~ x", "--family", "poisson"}, "y,x\n1,1\n-1,2\n1,3\n", 3, "count");
  check_refusal({"y ~ x", "--lasso", "cv"}, "y,x\n1,1\n3,2\n2,3\n", 3, "too few for 5 folds");
}

TEST_CASE("regress: what cannot be meant is exit 2 with one line", "[cli]") {
  check_refusal({"Sepal.Width ~ Petal.Lenth", iris}, "", 2, "did you mean 'Petal.Length'");
  check_refusal({"Sepal.Width", iris}, "", 2, "response ~ terms");
  check_refusal({"Species ~ Sepal.Width", iris}, "", 2, "--family binomial");
  check_refusal({"Sepal.Width ~ .", iris, "--family", "binomail"}, "", 2, "binomial");
  check_refusal({"Sepal.Width ~ .", iris, "--ridge", "-1"}, "", 2, ">= 0");
  check_refusal({"Sepal.Width ~ .", iris, "--ridge", "0"}, "", 2, "a penalty of 0 is none");
  check_refusal({"Sepal.Width ~ .", iris, "--folds", "3"}, "", 2, "--lasso cv");
  check_refusal({"Sepal.Width ~ .", iris, "--lasso", "1", "--vif"}, "", 2, "--vif");
  check_refusal({"Sepal.Width ~ .", iris, "--lasso", "1", "--robust", "HC3"}, "", 2, "--robust");
  check_refusal({"Sepal.Width ~ .", iris, "--missing", "mean"}, "", 2, "--missing drop or error");
  check_refusal({"Sepal.Width ~ .", iris, "--save", "a", "--diagnostics", "a"}, "", 2, "a");
  check_refusal({"Sepal.Width ~ 0", iris}, "", 2, "neither terms nor an intercept");
  check_refusal({"Sepal.Width ~ Petal.Width", iris, "--weights", "Petal.Width"}, "", 2,
                "'Petal.Width' is taken by --weights");
  check_refusal({"Sepal.Width ~ Species", iris, "-g", "Species"}, "", 2, "taken by --group");
  check_refusal({"y ~ x"}, "y,x\n1,1\n2,oops\n3,4\n5,6\n7,9\n", 1, "oops");
}

TEST_CASE("regress: separation is exit 4, with the coefficients and the reason", "[cli]") {
  const Outcome outcome =
      regress({"y ~ x", "--family", "binomial", "--json"}, "y,x\n0,1\n0,2\n0,3\n1,4\n1,5\n1,6\n");
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "divergent");
  CHECK(has(report["reason"], "separate"));
  CHECK(report["result"]["coefficients"].size() == 2);
}

TEST_CASE("regress: sums of squares beyond a double are exit 4, the coefficients there", "[cli]") {
  const Outcome outcome = regress({"y ~ x", "--json"}, "y,x\n1e200,1\n3e200,2\n2e200,3\n");
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "not_finite");
  CHECK_NEAR(report["result"]["coefficients"][1]["estimate"].get<double>(), 5e199, 1e185);
}

TEST_CASE("regress: overflow is exit 4 for many rows as for few", "[cli]") {
  std::string text = "y,x\n";
  for (int i = 0; i < 60'000; ++i)  // more than are factorised
    text += std::to_string(i % 7) + "e300," + std::to_string(i % 11) + "\n";
  const Outcome outcome = regress({"y ~ x", "--json"}, text);
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report["status"] == "not_finite");
  CHECK(has(report["reason"], "overflow"));
  CHECK(report["result"]["coefficients"][1]["estimate"].is_null());
}

TEST_CASE("regress: small squares are not taken for none", "[cli]") {
  // By hand: of y = 1, 3, 2, 5 and x = 1, 2, 3, 4 the slope is 1.1, its error the root of 0.27.
  const Json fit = regress.result({"y ~ x"}, "y,x\n1,1e300\n3,2e300\n2,3e300\n5,4e300\n");
  const double error = std::sqrt(0.27);
  CHECK_NEAR(fit["coefficients"][1]["std_error"].get<double>() * 1e300, error, 1e-14);
  CHECK_NEAR(fit["coefficients"][1]["statistic"].get<double>(), 1.1 / error, 1e-13);
  const Outcome tiny = regress({"y ~ x", "--json"}, "y,x\n1e-300,1\n3e-300,2\n2e-300,3\n");
  CHECK(tiny.status == 4);
  CHECK(has(Json::parse(tiny.out)["reason"], "underflow"));
}

TEST_CASE("regress: what a fit cannot tell is noted", "[cli]") {
  const auto notes = [](std::vector<std::string> arguments, const std::string& table) {
    arguments.push_back("--json");
    return json_of(regress(std::move(arguments), table))["notes"].dump();
  };
  CHECK(has(notes({"y ~ x"}, "y,x\n7,3\n11,5\n17,8\n3,1\n"), "perfect up to rounding"));
  CHECK(has(notes({"y ~ x", "--family", "poisson"}, "y,x\n0.5,1\n1,2\n3,3\n2,4\n"),
            "counts are fractions"));
}

TEST_CASE("regress: constant and dependent columns are named, not an error", "[cli]") {
  const std::string table = "y,x,k,twice\n1,1,7,2\n2,3,7,6\n4,4,7,8\n3,5,7,10\n6,7,7,14\n";
  const Outcome outcome = regress({"y ~ x + k + twice", "--json"}, table);
  CHECK(outcome.status == 0);
  const Json report = Json::parse(outcome.out);
  CHECK(report["result"]["aliased"] == Json({"k", "twice"}));
  CHECK(report["result"]["coefficients"].size() == 2);
  CHECK(report["result"]["df_residual"] == 3);
  CHECK(has(report["notes"].dump(), "'k' is a combination of the columns before it"));
}

TEST_CASE("regress: as many coefficients as rows is an exact fit with a note", "[cli]") {
  const Json report = json_of(regress({"y ~ x", "--json"}, "y,x\n1,1\n4,3\n"));
  CHECK_NEAR(report["result"]["coefficients"][1]["estimate"].get<double>(), 1.5, 1e-15);
  CHECK(report["result"]["coefficients"][1]["std_error"].is_null());
  CHECK(report["result"]["residual_sd"].is_null());
  CHECK(has(report["notes"].dump(), "the fit is exact"));
}

TEST_CASE("regress: rows without a value are left out and counted", "[cli]") {
  const std::string table = "y,x,g\n1,1,a\n2,,b\n4,4,\n3,5,b\n6,7,a\n5,-1,b\n7,3,a\n";
  const Json report = json_of(regress({"y ~ log(x) + g", "--json"}, table));
  CHECK(report["input"]["rows"] == 7);
  CHECK(report["input"]["used"] == 5);
  CHECK(report["input"]["dropped"] == Json({{"x", 1}, {"g", 1}}));
  CHECK(report["result"]["observations"] == 4);
  CHECK(has(report["notes"].dump(), "1 row left out where an expression has no value"));
}

TEST_CASE("regress: many rows by sums are what few rows by QR are", "[cli]") {
  // Of 10 000 rows the rows are factorised; the same rows 7 times are read once.
  const std::string rows = noisy_table(10'000);
  const std::string body = rows.substr(rows.find('\n') + 1);
  for (const std::string formula : {"y ~ x + z", "y ~ x*z + g", "y ~ x + z - 1"}) {
    const Json few = json_of(regress({formula, "--json"}, rows))["result"];
    std::string many = rows;
    for (int copy = 0; copy < 6; ++copy) many += body;
    const Json sums = json_of(regress({formula, "--json"}, many))["result"];
    CHECK(has(few["method"], "QR"));
    CHECK(has(sums["method"], "normal equations"));
    for (std::size_t j = 0; j < few["coefficients"].size(); ++j)
      CHECK_NEAR(sums["coefficients"][j]["estimate"].get<double>(),
                 few["coefficients"][j]["estimate"].get<double>(),
                 1e-10 * few["coefficients"][j]["std_error"].get<double>());
    CHECK_NEAR(sums["rss"].get<double>(), 7 * few["rss"].get<double>(),
               1e-11 * sums["rss"].get<double>());
  }
}

TEST_CASE("regress: the same bytes for any number of threads, from a file and a pipe", "[cli]") {
  const ScratchFolder folder;
  const std::string table = noisy_table(20'000), path = folder.write("t.csv", table);
  const std::vector<std::vector<std::string>> requests = {
      {"y ~ x + z"},
      {"y ~ g*x + log(abs(z))", "--robust", "HC3"},
      {"(y > 1) ~ x + g", "--family", "binomial"},
      {"y ~ x + z", "--lasso", "cv", "--seed", "3"},
      {"y ~ poly(x, 6) + poly(z, 6)"},
      {"y ~ x", "-g", "g"}};
  for (const auto& request : requests) {
    INFO(request[0]);
    const auto run = [&](const std::string& file, const std::string& threads) {
      std::vector<std::string> words = request;
      words.insert(words.end(), {file, "-j", threads, "--csv", "-q"});
      const Outcome outcome = regress(words, file == "-" ? table : "");
      CHECK(outcome.status == 0);
      return outcome.out;
    };
    const std::string one = run(path, "1");
    CHECK(run(path, "2") == one);
    CHECK(run(path, "7") == one);
    CHECK(run("-", "2") == one);
  }
}

TEST_CASE("regress: rows that do not fit the memory are read again", "[cli]") {
  const ScratchFolder folder;
  const std::string path = folder.write("t.csv", noisy_table(20'000));
  for (const std::string family : {"binomial", "gaussian"}) {
    const std::vector<std::string> words = {family == "binomial" ? "(y > 1) ~ x + g" : "y ~ x*g",
                                            path, "--family", family, "--csv"};
    std::vector<std::string> tight = words;
    tight.insert(tight.end(), {"--memory", "100k"});
    const Outcome outcome = regress(tight);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == regress(words).out);
  }
}

TEST_CASE("regress: a group by itself is what -g gives for it", "[cli]") {
  const Json groups = json_of(regress(
      {"Sepal.Length ~ Petal.Length", iris, "-g", "Species", "--json"}))["result"]["groups"];
  REQUIRE(groups.size() == 3);
  const Json one = json_of(regress({"Sepal.Length ~ Petal.Length", iris, "--where",
                                    "Species == \"virginica\"", "--json"}))["result"];
  CHECK(groups[2]["group"]["Species"] == "virginica");
  CHECK(groups[2]["coefficients"] == one["coefficients"]);
}

TEST_CASE("regress: cross-validation depends on the seed alone, which it prints", "[cli]") {
  const auto fit = [](const std::string& seed) {
    return json_of(regress({"Sepal.Length ~ . ", iris, "--lasso", "cv", "--seed", seed, "--json"}));
  };
  const Json first = fit("5");
  CHECK(first["seed"] == 5);
  CHECK(fit("5") == first);
  CHECK(fit("6")["result"]["cross_validation"] != first["result"]["cross_validation"]);
  CHECK(first["result"]["cross_validation"]["penalties"].size() == 100);
  CHECK(first["result"]["penalty"]["violation"].get<double>() <= 1e-12);
  CHECK(first["result"]["coefficients"][1]["std_error"].is_null());
  const Json net =
      json_of(regress({"Sepal.Length ~ .", iris, "--lasso", "0.01", "--ridge", "0.1", "--json"}));
  CHECK(net["result"]["penalty"]["l2"] == 0.1);
  CHECK_FALSE(net.contains("seed"));
}

TEST_CASE("regress: figures of residuals and of a path", "[cli]") {
  const ScratchFolder folder;
  const std::string residuals = folder / "r.svg", path = folder / "p.svg";
  REQUIRE(regress({"Sepal.Length ~ .", iris, "-q", "--plot=" + residuals}).status == 0);
  CHECK(has(folder.content("r.svg"), "standardised residual"));
  REQUIRE(regress({"Sepal.Length ~ .", iris, "-q", "--lasso", "cv", "--plot=" + path}).status == 0);
  CHECK(has(folder.content("p.svg"), "cross-validation"));
}

TEST_CASE("apply: a regression finds its columns by name and refuses what is not its own",
          "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(regress({"Petal.Width ~ Petal.Length*Species + log(Sepal.Width)", iris, "-q", "--save",
                   model})
              .status == 0);
  const auto apply = [&](std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.begin(), {"apply", model});
    return run_mathtool(words, {.input = input});
  };
  // The fitted values of the table itself.
  const ScratchFolder other;
  REQUIRE(regress({"Petal.Width ~ Petal.Length*Species + log(Sepal.Width)", iris, "-q",
                   "--diagnostics", other / "d.csv"})
              .status == 0);
  const std::vector<std::string> fitted = lines(other.content("d.csv")),
                                 predicted = lines(apply({iris, "--csv", "-q"}).out);
  REQUIRE(predicted.size() == 151);
  CHECK(predicted[0] == "Species,fitted");
  for (std::size_t i = 1; i < 151; ++i)
    CHECK_NEAR(std::stod(predicted[i].substr(predicted[i].find(',') + 1)),
               std::stod(fitted[i].substr(fitted[i].find(',') + 1)), 1e-13);

  const std::string fresh = "Species,Sepal.Width,Petal.Length\nsetosa,3,1.5\nrose,3,1.5\n";
  const Outcome unseen = apply({"-", "--csv"}, fresh);
  CHECK(unseen.status == 0);
  CHECK(lines(unseen.out)[2] == "rose,");
  CHECK(has(unseen.err, "1 of 2 rows have no prediction"));
  const Outcome lacking = apply({"-"}, "Species,Sepal.Widht\nsetosa,3\n");
  CHECK(lacking.status == 2);
  CHECK(has(lacking.err, "'Sepal.Width' (did you mean 'Sepal.Widht'?)"));
  CHECK(apply({iris, "--whiten"}).status == 2);
  CHECK(apply({iris, "--interval", "1.5"}).status == 2);
  CHECK(apply({iris, "-o", folder / "p.npy", "-q"}).status == 0);
  CHECK(folder.content("p.npy").starts_with("\x93NUMPY"));
}
