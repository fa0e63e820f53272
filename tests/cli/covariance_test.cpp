#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/support/command.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const Command cov{"cov"}, corr{"corr"};

}  // namespace

TEST_CASE("cov: the matrix of iris agrees with R", "[cli]") {
  const Json result = cov.result({iris});
  CHECK(result["variables"][1] == "Sepal.Width");
  CHECK(result["n"] == 150);
  // R 4.2.2, cov(iris[1:4])
  CHECK_NEAR(result["matrix"][0][0], 0.6856935123042506, 1e-15);
  CHECK_NEAR(result["matrix"][0][1], -0.0424340044742729, 1e-15);
  CHECK(result["matrix"][0][1] == result["matrix"][1][0]);
  const Json population = cov.result({iris, "--population"});
  CHECK_NEAR(population["matrix"][0][0], 0.6856935123042506 * 149 / 150, 1e-15);
}

TEST_CASE("cov: pairwise entries count their own rows", "[cli]") {
  // By hand: a over rows 1, 2, 3 has variance 1; b over 1, 2, 4 has 7; together over 1, 2: 1 * 2
  // / 1.
  const Json result = cov.result({"-", "--missing", "pairwise"}, "a,b\n1,2\n2,4\n3,\n,8\n");
  CHECK(result["n"] == Json::parse("[[3, 2], [2, 3]]"));
  CHECK_NEAR(result["matrix"][0][0], 1.0, 1e-15);
  CHECK_NEAR(result["matrix"][0][1], 1.0, 1e-15);
  CHECK_NEAR(result["matrix"][1][1], 28.0 / 3, 1e-14);
}

TEST_CASE("cov: an indefinite pairwise matrix is repaired, with a note", "[cli]") {
  // Each pair is seen in other rows: a and b rise together, b and c too, a and c do not.
  const std::string text = "a,b,c\n1,1,\n2,2,\n3,3,\n,1,1\n,2,2\n,3,3\n1,,3\n2,,2\n3,,1\n";
  const Outcome outcome = run_mathtool({"cov", "--json", "--missing", "pairwise"}, {.input = text});
  const Json all = json_of(outcome);
  CHECK(all["notes"].dump().find("positive semidefinite") != std::string::npos);
  const Json m = all["result"]["matrix"];
  // Its determinant is not negative any more.
  const auto at = [&](std::size_t i, std::size_t j) { return m[i][j].get<double>(); };
  const double determinant = at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
                             at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
                             at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  CHECK(determinant > -1e-12);
}

TEST_CASE("cov: shrinkage says how much, and needs whole rows", "[cli]") {
  for (const char* kind : {"oas", "ledoit-wolf"}) {
    const Json result = cov.result({iris, "--shrink", kind});
    CHECK(result["shrinkage"] > 0);
    CHECK(result["shrinkage"] < 0.1);
    CHECK(result["matrix"][0][0] > 0);
  }
  CHECK(run_mathtool({"cov", iris, "--shrink", "oas", "--missing", "pairwise"}).status == 2);
}

TEST_CASE("corr: Pearson's r, p-values and intervals of iris agree with R", "[cli]") {
  const Json result = corr.result({iris});
  // R 4.2.2, cor.test(Sepal.Length, Petal.Length) and (Sepal.Length, Sepal.Width)
  CHECK_NEAR(result["matrix"][0][2], 0.871753775886583, 1e-14);
  CHECK_NEAR(result["p_values"][0][2], 1.03866741944984e-47, 1e-12 * 1.04e-47);
  CHECK_NEAR(result["ci_low"][0][2], 0.827036329664362, 1e-13);
  CHECK_NEAR(result["ci_high"][0][2], 0.905508048821454, 1e-13);
  CHECK_NEAR(result["matrix"][0][1], -0.117569784133002, 1e-14);
  CHECK_NEAR(result["p_values"][0][1], 0.151898260711448, 1e-13);
  CHECK(result["matrix"][0][0] == 1);
  CHECK(result["n"][0][1] == 150);
}

TEST_CASE("corr: rank correlations agree with R", "[cli]") {
  // R 4.2.2, cor.test(Sepal.Length, Sepal.Width, method, exact = FALSE)
  const Json spearman = corr.result({iris, "--method", "spearman"});
  CHECK_NEAR(spearman["matrix"][0][1], -0.166777658283235, 1e-14);
  CHECK_NEAR(spearman["p_values"][0][1], 0.0413679942488459, 1e-13);
  const Json kendall = corr.result({iris, "--method", "kendall"});
  CHECK_NEAR(kendall["matrix"][0][1], -0.0769967881165167, 1e-14);
  CHECK_NEAR(kendall["p_values"][0][1], 0.182921015068548, 1e-13);
}

TEST_CASE("corr: pairs come strongest first, adjusted as R does", "[cli]") {
  const Json pairs = corr.result({iris, "--pairs", "--adjust", "holm"})["pairs"];
  REQUIRE(pairs.size() == 6);
  CHECK(pairs[0]["a"] == "Petal.Length");
  CHECK(pairs[0]["b"] == "Petal.Width");
  // R: p.adjust of the six p-values, "holm" and "BH"
  CHECK_NEAR(pairs[0]["p_adjusted"], 2.80500234439714e-85, 1e-11 * 2.8e-85);
  CHECK_NEAR(pairs[1]["p_adjusted"], 5.19333709724921e-47, 1e-11 * 5.2e-47);
  CHECK(pairs[5]["b"] == "Sepal.Width");
  CHECK_NEAR(pairs[5]["p_adjusted"], 0.151898260711448, 1e-13);
  const Json bh = corr.result({iris, "--adjust", "bh"});
  CHECK_NEAR(bh["p_adjusted"][0][2], 3.11600225834953e-47, 1e-11 * 3.1e-47);
  const auto csv = lines(run_mathtool({"corr", iris, "--pairs", "--csv"}).out);
  CHECK(csv[0] == "a,b,r,p_value,ci_low,ci_high,n");
  CHECK(csv.size() == 7);
}

TEST_CASE("cov, corr: an overflow is told from a constant column", "[cli]") {
  const std::string text = "a,b,c\n1e200,1,5\n-1e200,2,5\n5e199,7,5\n";
  const std::vector<std::vector<std::string>> runs = {
      {"corr"}, {"corr", "--missing", "pairwise"}, {"cov"}, {"cov", "--missing", "pairwise"}};
  for (std::vector<std::string> words : runs) {
    words.push_back("--json");
    const Outcome outcome = run_mathtool(words, {.input = text});
    INFO(words[0] << ' ' << words.size());
    CHECK(outcome.status == 4);
    const Json all = Json::parse(outcome.out);
    CHECK(all["status"] == "not_finite");
    CHECK_FALSE(all["result"]["matrix"][0][0].is_number());
  }
  CHECK_THAT(run_mathtool({"corr"}, {.input = text}).err,
             ContainsSubstring("no correlation where the variance is 0: 'c'\n"));
}

TEST_CASE("corr: --plot draws the matrix", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const Outcome drawn = run_mathtool({"corr", iris, "-q", "--plot"});
  CHECK(drawn.status == 0);
  CHECK_THAT(drawn.out, ContainsSubstring("correlation (pearson)"));
  CHECK_THAT(drawn.out, ContainsSubstring("-0.118"));
  CHECK_THAT(drawn.out, ContainsSubstring("\nSepal.Length +-|"));
}

TEST_CASE("corr: a constant column has no correlation, two rows have no p-value", "[cli]") {
  const Json constant = corr.result({"-"}, "a,b,c\n1,5,2\n2,5,1\n4,5,0\n");
  CHECK(constant["matrix"][0][1].is_null());
  CHECK(constant["matrix"][1][1].is_null());
  CHECK(constant["matrix"][0][2] < -0.9);
  const Json two = corr.result({"-"}, "a,b\n1,5\n2,7\n");
  CHECK(two["matrix"][0][1] == 1);
  CHECK(two["p_values"][0][1].is_null());
  CHECK(run_mathtool({"corr"}, {.input = "a,b\n1,5\n1,5\n"}).status == 3);
  CHECK(run_mathtool({"corr"}, {.input = "a,b\n1,5\n"}).status == 3);
  CHECK(run_mathtool({"corr", iris, "--method", "pearsn"}).status == 2);
}
