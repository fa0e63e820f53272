#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/support/process.hpp"
#include "support/catch.hpp"

using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using nlohmann::json;

TEST_CASE("verify: every certified figure has the digits wanted or those its data allow", "[cli]") {
  const Outcome outcome = run_mathtool({"verify", "--json"});
  REQUIRE(outcome.status == 0);
  const json rows = json::parse(outcome.out)["result"]["rows"];
  CHECK(rows.size() == 16 + 18 + 2 * (2 + 3 + 1 + 7 + 6 + 6));
  for (const json& row : rows) {
    INFO(row.dump());
    CHECK(row["suite"] == "nist");
    const std::string quantity = row["quantity"];
    const bool univariate = quantity == "mean" || quantity == "sd";
    const bool regression = quantity.find('b') == 0 || quantity.find("se_b") == 0;
    const double wanted = univariate ? 14.5 : regression && row["case"] != "Longley" ? 12 : 13;
    CHECK(double(row["lre"]) >= std::min(wanted, double(row["limit"]) - 0.5));
    CHECK(double(row["limit"]) <= 15.5);
  }
}

TEST_CASE("verify: the limit of NumAcc3's standard deviation is 9.5 digits", "[cli]") {
  const json rows =
      json::parse(run_mathtool({"verify", "--json", "--suite", "nist"}).out)["result"]["rows"];
  const auto row = std::find_if(rows.begin(), rows.end(), [](const json& one) {
    return one["case"] == "NumAcc3" && one["quantity"] == "sd";
  });
  REQUIRE(row != rows.end());
  CHECK(double((*row)["limit"]) > 9.4);
  CHECK(double((*row)["limit"]) < 9.6);
  CHECK(run_mathtool({"verify", "--suite", "nits"}).status == 2);
}

// The published limits of F are 10.2 digits for SmLs05 and 4.4 for SmLs07.
TEST_CASE("verify: the limits of F are those of the rounded data", "[cli]") {
  const json rows = json::parse(run_mathtool({"verify", "--json"}).out)["result"]["rows"];
  int seen = 0;
  for (const json& row : rows) {
    const bool fifth = row["case"] == "SmLs05", seventh = row["case"] == "SmLs07";
    if (row["quantity"] != "f" || !(fifth || seventh)) continue;
    CHECK(std::abs(double(row["limit"]) - (fifth ? 10.2 : 4.4)) < 0.06);
    ++seen;
  }
  CHECK(seen == 2);
}

// NIST certifies 11 digits. Lanczos1 has residuals of 1e-13 under data of 13 digits.
TEST_CASE("verify: nonlinear regressions from both starts", "[cli]") {
  const Outcome outcome = run_mathtool({"verify", "--suite", "opt", "--json"});
  CHECK(outcome.status == 0);
  const json rows = json::parse(outcome.out)["result"]["rows"];
  int parameters = 0;
  for (const json& row : rows) {
    INFO(row.dump());
    CHECK(row["suite"] == "opt");
    const bool error = row["quantity"].get<std::string>().starts_with("se_");
    parameters += !error;
    CHECK(double(row["lre"]) >= std::min(error ? 6.0 : 9.0, double(row["limit"]) - 0.5));
    CHECK(double(row["limit"]) > (row["case"] == "Lanczos1" && error ? 2.0 : 10.0));
  }
  CHECK(parameters == 2 * 58);
}
