#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

Json describe(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), {"describe", "--json"});
  return json_of(run_mathtool(std::move(arguments), {.input = input}));
}

/// The figures of one column, by R's names of them.
void check_figures(const Json& column, const std::vector<std::pair<const char*, double>>& figures) {
  for (const auto& [key, value] : figures) {
    INFO(key);
    CHECK_NEAR(column[key].get<double>(), value, 1e-13 * std::max(1.0, std::abs(value)));
  }
}

}  // namespace

TEST_CASE("describe: the figures of iris agree with R", "[cli]") {
  const Json result = describe({iris})["result"]["columns"];
  REQUIRE(result.size() == 5);
  CHECK(result[0]["name"] == "Sepal.Length");
  CHECK(result[0]["type"] == "numeric");
  CHECK(result[0]["count"] == 150);
  CHECK(result[0]["missing"] == 0);
  // R 4.2.2: mean, sd, sd/sqrt(n), quantile, mad(constant = 1); G1 and G2 by their formulas.
  check_figures(result[0], {{"mean", 5.84333333333333},
                            {"sd", 0.828066127977863},
                            {"se", 0.0676113162275986},
                            {"min", 4.3},
                            {"q25", 5.1},
                            {"median", 5.8},
                            {"q75", 6.4},
                            {"max", 7.9},
                            {"skewness", 0.314910956636973},
                            {"kurtosis", -0.55206404131564},
                            {"mad", 0.7}});
  CHECK_FALSE(result[0].contains("approximate"));
  CHECK(result[4]["name"] == "Species");
  CHECK(result[4]["type"] == "text");
  CHECK(result[4]["count"] == 150);
  CHECK(result[4]["distinct"] == 3);
}

TEST_CASE("describe: further quantiles of any type", "[cli]") {
  // R: quantile(x, c(.05, .95), type = 6), quantile(x, c(.25, .5, .75), type = 2)
  const Json six = describe({iris, "--quantiles", "0.05,0.95", "--quantile-type", "6"});
  const Json quantiles = six["result"]["columns"][0]["quantiles"];
  CHECK(quantiles[0]["p"] == 0.05);
  CHECK_NEAR(quantiles[0]["value"], 4.6, 1e-14);
  CHECK_NEAR(quantiles[1]["value"], 7.345, 1e-14);
  const Json two = describe({iris, "--quantile-type", "2"})["result"]["columns"][0];
  CHECK(two["q25"] == 5.1);
  CHECK(two["q75"] == 6.4);
  CHECK(run_mathtool({"describe", iris, "--quantiles", "1.5"}).status == 2);
  CHECK(run_mathtool({"describe", iris, "--quantile-type", "10"}).status == 2);
}

TEST_CASE("describe: a missing value counts against its column only", "[cli]") {
  const Json all = describe({"-"}, "a,b,t\n1,2,x\n,4,NA\n3,NA,y\n");
  CHECK(all["input"]["rows"] == 3);
  CHECK(all["input"]["used"] == 3);
  const Json& columns = all["result"]["columns"];
  CHECK(columns[0]["count"] == 2);
  CHECK(columns[0]["missing"] == 1);
  CHECK(columns[0]["mean"] == 2);
  CHECK(columns[1]["mean"] == 3);
  CHECK(columns[2]["missing"] == 1);
  CHECK(columns[2]["distinct"] == 2);
  CHECK(run_mathtool({"describe", "--missing", "error"}, {.input = "a,b\n1,2\n,4\n"}).status == 1);
}

TEST_CASE("describe: what one or two values leave undefined is null", "[cli]") {
  const Json one = describe({"-"}, "a\n5\n")["result"]["columns"][0];
  CHECK(one["mean"] == 5);
  CHECK(one["median"] == 5);
  for (const char* key : {"sd", "se", "skewness", "kurtosis"}) CHECK(one[key].is_null());
  const Json constant = describe({"-"}, "a\n5\n5\n5\n5\n5\n")["result"]["columns"][0];
  CHECK(constant["sd"] == 0);
  CHECK(constant["skewness"].is_null());
  CHECK(constant["mad"] == 0);
}

TEST_CASE("describe: quantiles beyond --memory are estimates that say so", "[cli]") {
  std::string text = "x\n";
  for (int i = 0; i < 20000; ++i) text += std::to_string((i * 7919) % 20000) + "\n";
  const Json all = describe({"-", "--memory", "16K"}, text);
  const Json& x = all["result"]["columns"][0];
  REQUIRE(x["approximate"] == true);
  const double error = x["rank_error"];
  CHECK(error > 0);
  CHECK(error < 0.05);
  CHECK_NEAR(x["median"], 9999.5, 20000 * error + 1);
  CHECK_NEAR(x["q25"], 4999.75, 20000 * error + 1);
  CHECK(x["max"] == 19999);
  CHECK(all["notes"].dump().find("estimates") != std::string::npos);
  CHECK_FALSE(describe({"-"}, text)["result"]["columns"][0].contains("approximate"));
}

TEST_CASE("describe: CSV has one line per column, the screen fits the numbers", "[cli]") {
  const auto rows = lines(run_mathtool({"describe", iris, "--csv"}).out);
  REQUIRE(rows.size() == 6);
  CHECK(rows[0] ==
        "name,type,count,missing,mean,sd,se,min,q25,median,q75,max,skewness,kurtosis,mad");
  CHECK(rows[5] == "Species,text,150,0,,,,,,,,,,,");
  const std::string screen = run_mathtool({"describe", iris}).out;
  CHECK_THAT(screen, ContainsSubstring("5.84333"));
  CHECK_THAT(screen, ContainsSubstring("distinct"));
}

TEST_CASE("describe: a weight counts for texts and missing cells as it does for values", "[cli]") {
  // By hand, as of the rows (1, a) twice, (-, b) three times, (4, -) and (5, a) not at all.
  const Json all = describe({"-", "--weights", "w"}, "x,t,w\n1,a,2\n,b,3\n4,,1\n5,c,0\n");
  const Json& columns = all["result"]["columns"];
  CHECK(columns[0]["count"] == 3);
  CHECK(columns[0]["missing"] == 3);
  CHECK(columns[0]["mean"] == 2);
  CHECK(columns[0]["max"] == 4);
  CHECK(columns[1]["count"] == 5);
  CHECK(columns[1]["missing"] == 1);
  CHECK(columns[1]["distinct"] == 2);
  const Outcome nothing =
      run_mathtool({"describe", "--weights", "w"}, {.input = "x,w\n1,0\n2,0\n"});
  CHECK(nothing.status == 3);
  CHECK(nothing.out.empty());
}

TEST_CASE("describe: what overflows or underflows has a status, not a wrong number", "[cli]") {
  for (const char* unit : {"e308", "e200", "e-200"}) {
    const std::string u = unit;
    const Outcome outcome = run_mathtool(
        {"describe", "--json"}, {.input = "a,b\n1" + u + ",1\n-1" + u + ",2\n0.5" + u + ",4\n"});
    INFO(unit);
    CHECK(outcome.status == 4);
    const Json all = Json::parse(outcome.out);
    CHECK(all["status"] == "not_finite");
    CHECK(all["reason"].get<std::string>().find("'a'") != std::string::npos);
    CHECK(all["result"]["columns"][0]["sd"].is_null());
    CHECK(all["result"]["columns"][0]["median"].is_number());
    CHECK(all["result"]["columns"][1]["sd"].is_number());
  }
}

TEST_CASE("describe: hostile tables end as the contract says", "[cli]") {
  const auto status = [](const std::string& text) {
    return run_mathtool({"describe"}, {.input = text}).status;
  };
  CHECK(status("") == 3);
  CHECK(status("a,b\n") == 3);
  CHECK(status("a\nx\ny\n") == 3);
  CHECK(status("a,b\n1,2\n3\n") == 1);
  CHECK(status("a\n1\ninf\n") == 3);
  CHECK(run_mathtool({"describe", "/no/such.csv"}).status == 1);
  CHECK(run_mathtool({"describe", iris, "-c", "Sepal.Lenght"}).status == 2);
}
