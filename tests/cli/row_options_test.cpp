#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

// --where, -g and --weights, which every command that summarises rows has.

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

Json run_json(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.push_back("--json");
  return json_of(run_mathtool(std::move(arguments), {.input = input}));
}

}  // namespace

TEST_CASE("--where: keeps rows by numbers and texts, and says how many", "[cli]") {
  const Json all =
      run_json({"describe", iris, "--where", "Species == \"setosa\" && Sepal.Length > 5"});
  CHECK(all["result"]["columns"][0]["count"] ==
        22);  // R: sum(Species == "setosa" & Sepal.Length > 5)
  CHECK(all["input"]["rows"] == 150);
  CHECK(all["input"]["used"] == 22);
  CHECK(all["notes"].dump().find("--where keeps 22 of 150 rows") != std::string::npos);
}

TEST_CASE("--where: may name columns that -c leaves out", "[cli]") {
  const Json all = run_json({"cov", iris, "-c", "1,2", "--where", "Petal.Length < 2"});
  CHECK(all["result"]["variables"].size() == 2);
  CHECK(all["result"]["n"] == 50);
}

TEST_CASE("--where: errors name the place and the nearest column", "[cli]") {
  const auto error = [](const std::string& condition) {
    const Outcome outcome = run_mathtool({"describe", iris, "--where", condition});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK_THAT(error("Petal.Lenght > 1"), ContainsSubstring("Petal.Length"));
  CHECK_THAT(error("(Petal.Length > 1"), ContainsSubstring("--where"));
  CHECK_THAT(error("Species > 1"), ContainsSubstring("Species"));
  CHECK_THAT(error("Petal.Length == \"a\""), ContainsSubstring("text"));
}

TEST_CASE("--where: rows left out are blank among the scores", "[cli]") {
  const ScratchFolder folder;
  const std::string table = folder.write("t.csv", "a,b\n1,2\n2,1\n3,5\n4,3\n");
  REQUIRE(run_pca({table, "--where", "a != 3", "--scores", folder / "s.csv"}).status == 0);
  const auto rows = lines(folder.content("s.csv"));
  REQUIRE(rows.size() == 5);
  CHECK(rows[3] == ",");
  CHECK(rows[1].size() > 3);
}

TEST_CASE("--where: no row left is exit 3", "[cli]") {
  for (const char* command : {"describe", "cov", "corr", "hist", "pca"}) {
    INFO(command);
    const Outcome outcome = run_mathtool({command, iris, "--where", "Sepal.Length > 100"});
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
  }
}

TEST_CASE("-g: one result per level, first appearance first", "[cli]") {
  const Json groups = run_json({"describe", iris, "-g", "Species"})["result"]["groups"];
  REQUIRE(groups.size() == 3);
  CHECK(groups[0]["group"] == Json{{"Species", "setosa"}});
  CHECK(groups[2]["group"]["Species"] == "virginica");
  // R 4.2.2, colMeans(subset(iris, Species == "setosa")[1:4])
  CHECK_NEAR(groups[0]["columns"][0]["mean"], 5.006, 1e-14);
  CHECK_NEAR(groups[0]["columns"][3]["sd"], 0.105385589380046, 1e-14);
  CHECK(groups[0]["columns"].size() == 4);  // the grouping column is not described
}

TEST_CASE("-g: pca fits each group", "[cli]") {
  const Json groups = run_json({"pca", iris, "-g", "Species"})["result"]["groups"];
  REQUIRE(groups.size() == 3);
  CHECK(groups[0]["observations"] == 50);
  // R 4.2.2, eigen(cov(subset(iris, Species == "setosa")[1:4]))
  CHECK_NEAR(groups[0]["eigenvalues"][0], 0.2364556900744205, 1e-14);
  CHECK_NEAR(groups[0]["eigenvalues"][3], 0.0090332605525278, 1e-14);
  CHECK(groups[0]["status"] == "converged");
  CHECK(run_pca({iris, "-g", "Species", "--scores", "s.csv"}).status == 2);
}

TEST_CASE("-g: several columns, and groups that are too small", "[cli]") {
  const std::string text = "g,h,a,b\nx,1,1,2\nx,1,2,3\nx,1,3,1\ny,1,5,6\nx,2,1,1\nx,2,2,5\n";
  const Json all = run_json({"cov", "-", "-g", "g,h"}, text);
  const Json& groups = all["result"]["groups"];
  REQUIRE(groups.size() == 3);
  CHECK(groups[1]["group"] == Json{{"g", "y"}, {"h", "1"}});
  CHECK(groups[1].contains("reason"));
  CHECK_NEAR(groups[0]["matrix"][0][0], 1.0, 1e-15);
  CHECK_NEAR(groups[2]["matrix"][1][1], 8.0, 1e-14);
  const auto csv = lines(run_mathtool({"cov", "-", "-g", "g,h", "--csv"}, {.input = text}).out);
  CHECK(csv[0] == "g,h,variable,a,b");
  CHECK(csv.size() == 5);
}

TEST_CASE("-g: where no group can be used, one is named with its reason", "[cli]") {
  const Outcome outcome = run_mathtool({"cov", "-", "-g", "g"}, {.input = "g,a,b\nu,1,2\nv,2,3\n"});
  CHECK(outcome.status == 3);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("no group can be used: g = u:"));
}

TEST_CASE("--weights: a row of weight 3 counts as three rows", "[cli]") {
  const Json column =
      run_json({"describe", "-", "--weights", "w"}, "x,w\n10,1\n20,2\n40,3\n")["result"]["columns"];
  REQUIRE(column.size() == 1);
  CHECK(column[0]["count"] == 6);
  // R 4.2.2 on rep(c(10, 20, 40), 1:3): mean, sd, quantile
  CHECK_NEAR(column[0]["mean"], 28.3333333333333, 1e-12);
  CHECK_NEAR(column[0]["sd"], 13.2916013582513, 1e-12);
  CHECK(column[0]["median"] == 30);
  CHECK(column[0]["q75"] == 40);
  const std::string weighted = "a,b,w\n1,2,2\n3,1,1\n4,4,3\n0,7,0\n";
  const std::string repeated = "a,b\n1,2\n1,2\n3,1\n4,4\n4,4\n4,4\n";
  const Json cov = run_json({"cov", "-", "--weights", "w"}, weighted)["result"];
  const Json same = run_json({"cov", "-"}, repeated)["result"];
  CHECK(cov["n"] == 6);
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      CHECK_NEAR(cov["matrix"][i][j], same["matrix"][i][j].get<double>(), 1e-14);
  const Json pca = run_json({"pca", "-", "--weights", "w"}, weighted)["result"];
  CHECK_NEAR(pca["eigenvalues"][0],
             run_json({"pca", "-"}, repeated)["result"]["eigenvalues"][0].get<double>(), 1e-14);
  const Json kendall =
      run_json({"corr", "-", "--weights", "w", "--method", "kendall"}, weighted)["result"];
  const Json plain = run_json({"corr", "-", "--method", "kendall"}, repeated)["result"];
  CHECK_NEAR(kendall["matrix"][0][1], plain["matrix"][0][1].get<double>(), 1e-14);
}

TEST_CASE("--weights: rows too many to count are refused by every command", "[cli]") {
  const std::string large = "x,w\n1,5e15\n2,5e15\n3,4e15\n";
  for (const char* command : {"describe", "cov", "pca", "hist"}) {
    const auto outcome = run_mathtool({command, "--weights", "w"}, {.input = large});
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, ContainsSubstring("the weights in column 'w' sum to more than 2^53"));
  }
}

TEST_CASE("--weights: what cannot weigh is refused", "[cli]") {
  const auto status = [](const std::string& text, const std::string& weights = "w") {
    return run_mathtool({"cov", "--weights", weights}, {.input = text}).status;
  };
  CHECK(status("a,w\n1,-1\n2,1\n") == 1);
  CHECK(status("a,w\n1,x\n2,y\n") == 1);
  CHECK(status("a,w\n1,1\n2,1\n", "weight") == 2);
  CHECK(status("a,w\n1,0\n2,0\n") == 3);
  CHECK(status("a,w\n1,1e300\n2,1\n") == 1);
  CHECK(status("a,b,w\n1,2,\n2,1,1\n4,4,1\n") == 0);  // a missing weight takes its row out
}
