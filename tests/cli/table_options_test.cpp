#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"

// The options of every command that reads a table, seen through pca.

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const std::string plain = "a,b\n1,2.5\n2,1\n4,7\n";

Json analysis(std::vector<std::string> options, const std::string& text) {
  options.push_back("--json");
  return json_of(run_pca(std::move(options), text))["result"];
}

}  // namespace

TEST_CASE("table options: bad rows are left out only when asked for, and counted", "[cli]") {
  const std::string ragged = "a,b\n1,2.5\n9\n2,1\n3,3,3\n4,7\n";
  CHECK(run_pca({}, ragged).status == 1);
  const Outcome outcome = run_pca({"--json", "--bad-rows", "skip"}, ragged);
  CHECK(json_of(outcome)["result"] == analysis({}, plain));
  CHECK_THAT(outcome.err, ContainsSubstring("2 malformed rows skipped; <stdin>:3: "));
}

TEST_CASE("table options: more words that mean no value", "[cli]") {
  const std::string text = "a,b\n1,2.5\n-99,3\n2,1\n5,none\n4,7\n";
  CHECK(analysis({"--na", "none,-99"}, text) == analysis({}, plain));
  CHECK(analysis({"--na", "none", "--na", "-99"}, text) == analysis({}, plain));
}

TEST_CASE("table options: decimal commas", "[cli]") {
  CHECK(analysis({"--decimal", ","}, "a;b\n1;2,5\n2;1\n4;7\n") == analysis({}, plain));
}

TEST_CASE("table options: a delimiter by character or name", "[cli]") {
  CHECK(analysis({"-d", "%"}, "a%b\n1%2.5\n2%1\n4%7\n") == analysis({}, plain));
  CHECK(analysis({"-d", "tab"}, "a\tb\n1\t2.5\n2\t1\n4\t7\n") == analysis({}, plain));
}

TEST_CASE("table options: without a header the first row counts", "[cli]") {
  const Json result = analysis({"--no-header"}, "1,2.5\n2,1\n4,7\n");
  CHECK(result["variables"] == Json{"x1", "x2"});
  CHECK(result["eigenvalues"] == analysis({}, plain)["eigenvalues"]);
  CHECK(analysis({"--header"}, "1,2\n1,2.5\n2,1\n4,7\n")["variables"] == Json{"1", "2"});
}
