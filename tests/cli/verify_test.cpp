#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/support/process.hpp"
#include "support/catch.hpp"

using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using Json = nlohmann::json;

TEST_CASE("verify: every certified figure reaches 14.5 digits or the limit of its data", "[cli]") {
  const Outcome outcome = run_mathtool({"verify", "--json"});
  REQUIRE(outcome.status == 0);
  const Json rows = Json::parse(outcome.out)["result"]["rows"];
  CHECK(rows.size() == 16);
  for (const Json& row : rows) {
    INFO(row.dump());
    CHECK(row["suite"] == "nist");
    CHECK(double(row["lre"]) >= std::min(14.5, double(row["limit"]) - 0.5));
    CHECK(double(row["limit"]) <= 15.5);
  }
}

TEST_CASE("verify: the limit of NumAcc3's standard deviation is 9.5 digits", "[cli]") {
  const Json rows =
      Json::parse(run_mathtool({"verify", "--json", "--suite", "nist"}).out)["result"]["rows"];
  const auto row = std::find_if(rows.begin(), rows.end(), [](const Json& one) {
    return one["case"] == "NumAcc3" && one["quantity"] == "sd";
  });
  REQUIRE(row != rows.end());
  CHECK(double((*row)["limit"]) > 9.4);
  CHECK(double((*row)["limit"]) < 9.6);
  CHECK(run_mathtool({"verify", "--suite", "nits"}).status == 2);
}
