#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/support/command.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const Command test_command{"test"};

void check_refused(const std::vector<std::string>& arguments, const std::string& input, int status,
                   const std::string& hint) {
  CHECK_THAT(test_command.refusal(status, arguments, input), ContainsSubstring(hint));
}

const std::string groups = "x,g\n1,a\n2,a\n4,a\n3,b\n5,b\n9,b\n";

}  // namespace

// By hand: of 1, 2, 4 and 3, 5, 9 the means are 7/3 and 17/3, the squares 14/3 and 56/3.
TEST_CASE("test: the keys of the contract, with values by hand", "[cli]") {
  const Json pooled = test_command.result({"t-pooled", "-", "-c", "x", "--by", "g"}, groups);
  const double variance = (14.0 / 3 + 56.0 / 3) / 4;
  CHECK_NEAR(pooled["estimate"].get<double>(), -10.0 / 3, 1e-15);
  CHECK_NEAR(pooled["statistic"].get<double>(), -10.0 / 3 / std::sqrt(variance * 2 / 3), 1e-14);
  CHECK(pooled["df"] == 4);
  CHECK(pooled["n"] == 6);
  CHECK_NEAR(pooled["effect_size"].get<double>(), -10.0 / 3 / std::sqrt(variance), 1e-14);
  CHECK(pooled["ci"][0] < pooled["estimate"]);
  CHECK(pooled["ci"][1] > pooled["estimate"]);
  CHECK_NEAR(pooled["log10_p"].get<double>(), std::log10(pooled["p_value"].get<double>()), 1e-14);
  const Json anova = test_command.result({"anova", "-", "-c", "x", "--by", "g"}, groups);
  CHECK(anova["df"] == Json::array({1, 4}));
  CHECK_NEAR(anova["table"][0]["ss"].get<double>(), 50.0 / 3, 1e-13);
  CHECK_NEAR(anova["table"][1]["ss"].get<double>(), 70.0 / 3, 1e-13);
  CHECK(anova["table"][1]["p_value"].is_null());
  CHECK(anova["pairs"][0]["a"] == "b");
  CHECK(anova["pairs"][0]["b"] == "a");
  CHECK_NEAR(anova["pairs"][0]["difference"].get<double>(), 10.0 / 3, 1e-14);
  // Tukey's q of two groups is √2 |t|: its p-value is that of the pooled t test.
  CHECK_NEAR(anova["pairs"][0]["p_value"].get<double>(), pooled["p_value"].get<double>(), 1e-13);
}

TEST_CASE("test: what an interval or a degree of freedom is not, is null", "[cli]") {
  const Json shapiro = test_command.result({"shapiro", "-"}, "x\n1\n2\n4\n5\n");
  CHECK(shapiro["df"].is_null());
  CHECK(shapiro["estimate"].is_null());
  CHECK(shapiro["ci"].is_null());
  CHECK(shapiro["effect_size"].is_null());
}

// Fisher, The Design of Experiments (1935): 3 of 4 cups told right, p = 17/70 of one side.
TEST_CASE("test: the lady tasting tea", "[cli]") {
  const std::string tea = "guess,truth,count\nmilk,milk,3\nmilk,tea,1\ntea,milk,1\ntea,tea,3\n";
  const std::vector<std::string> words{"fisher", "-", "-c", "guess,truth", "--weights", "count"};
  std::vector<std::string> one_sided = words;
  one_sided.insert(one_sided.end(), {"--alternative", "greater"});
  CHECK_NEAR(test_command.result(one_sided, tea)["p_value"].get<double>(), 17.0 / 70, 1e-15);
  CHECK_NEAR(test_command.result(words, tea)["p_value"].get<double>(), 34.0 / 70, 1e-15);
}

TEST_CASE("test: texts that are counted are not called skipped", "[cli]") {
  const Outcome outcome = test_command({"fisher", "-"}, "a,b\nx,u\nx,v\ny,u\ny,v\ny,v\n");
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
}

// By counting all 20 ways to choose 3 of the ranks of 1, 2, 3, 4, 5, 9: W = 1 or less in 2.
TEST_CASE("test: small rank tests are exact", "[cli]") {
  const Json found = test_command.result({"mann-whitney", "-", "-c", "x", "--by", "g"}, groups);
  CHECK(found["statistic"] == 1);
  CHECK_NEAR(found["p_value"].get<double>(), 4.0 / 20, 1e-15);
  // With ties by --exact: of 1, 2, 2 against 2, 3 there are 10 ways to deal 1, 2, 2, 2, 3; the
  // rank sum of the pair is 8 in 3 of them and never more.
  const Json tied = test_command.result(
      {"mann-whitney", "-", "-c", "x", "--by", "g", "--exact", "--alternative", "less"},
      "x,g\n1,a\n2,a\n2,a\n2,b\n3,b\n");
  CHECK_NEAR(tied["p_value"].get<double>(), 3.0 / 10, 1e-15);
}

TEST_CASE("test: p-values too small for a double are powers of ten", "[cli]") {
  std::string table = "x,g\n";
  for (int i = 0; i < 2000; ++i)
    table += std::to_string(i % 5 + (i % 2) * 100) + "," + std::to_string(i % 2) + "\n";
  const Json found = test_command.result({"t-pooled", "-", "-c", "x", "--by", "g"}, table);
  CHECK(found["p_value"] == 0);
  // mpmath, 50 digits: log10(betainc(999, 0.5, 0, 1998/(1998 + t²), regularized=True)) with the
  // exact t = −1580.3480629279108.
  CHECK_NEAR(found["log10_p"].get<double>(), -3095.9082909307106512, 1e-9);
  CHECK_THAT(test_command({"t-pooled", "-", "-c", "x", "--by", "g"}, table).out,
             ContainsSubstring("10^-3095.9"));
}

TEST_CASE("test: --fail-if is exit status 5, and the result is printed", "[cli]") {
  const std::vector<std::string> words{"t", "-", "-c", "x", "--by", "g", "--fail-if"};
  const auto status = [&](const std::string& condition) {
    std::vector<std::string> all = words;
    all.push_back(condition);
    const Outcome outcome = test_command(all, groups);
    CHECK_FALSE(outcome.out.empty());
    return outcome.status;
  };
  CHECK(status("p_value < 0.5 && abs(effect_size) > 0.2") == 5);
  CHECK(status("p_value < 0.01") == 0);
  CHECK(status("n == 6") == 5);
  CHECK(status("ci_low < estimate && estimate < ci_high") == 5);
  CHECK(status("df2 > 0") == 0);
  check_refused({"t", "-", "-c", "x", "--by", "g", "--fail-if", "pvalue < 1"}, groups, 2,
                "did you mean 'p_value'?");
  check_refused({"t", "-", "-c", "x", "--by", "g", "--fail-if", "p_value <"}, groups, 2,
                "--fail-if");
}

TEST_CASE("test: a condition on what is undefined is said", "[cli]") {
  const Outcome outcome =
      test_command({"shapiro", "-", "-c", "x", "--fail-if", "effect_size > 0.1"}, groups);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("effect_size, which is undefined here"));
}

TEST_CASE("test: a table too large for Fisher's test is status 4, and its advice works", "[cli]") {
  std::string table = "a,b,n\n";
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < 8; ++j)
      table += "r" + std::to_string(i) + ",c" + std::to_string(j) + "," +
               std::to_string(5 + (i * j) % 3) + "\n";
  const std::vector<std::string> words{"fisher", "-", "-c", "a,b", "--weights", "n"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), words.begin(), words.end());
    return test_command(more, table);
  };
  const Outcome refused = with({"--json"});
  CHECK(refused.status == 4);
  const Json report = Json::parse(refused.out);
  CHECK(report["status"] == "out_of_budget");
  CHECK(report["result"]["p_value"].is_null());
  CHECK(report["result"]["effect_size"].is_number());
  CHECK_THAT(refused.err, ContainsSubstring("--permutation 9999"));
  const Outcome dealt = with({"--permutation", "99", "--json"});
  CHECK(dealt.status == 0);
  CHECK(Json::parse(dealt.out)["result"]["p_value"].is_number());
}

TEST_CASE("test: random parts follow the seed and not the threads", "[cli]") {
  const auto with = [](std::vector<std::string> more) {
    std::vector<std::string> words{"t",
                                   iris,
                                   "-c",
                                   "Sepal.Length",
                                   "--by",
                                   "Species",
                                   "--where",
                                   "Species != \"setosa\"",
                                   "--permutation",
                                   "500",
                                   "--bootstrap",
                                   "300",
                                   "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return test_command(words).out;
  };
  CHECK(with({"-j", "1"}) == with({"-j", "2"}));
  CHECK(with({"--seed", "1"}) != with({"--seed", "2"}));
  const Json report = Json::parse(with({}));
  CHECK(report["seed"] == 0);
  CHECK(report["result"]["permutation"]["permutations"] == 500);
  CHECK(report["result"]["bootstrap"]["bca"] == report["result"]["ci"]);
}

// Of 1, 2, 4 against 3, 5, 9 two of the 20 ways to deal them, and their mirror images, are as far
// apart in mean: |sum − 12| ≥ 5 for sums 6, 7, 17, 18.
TEST_CASE("test: a permutation test comes near the p-value of all arrangements", "[cli]") {
  const Json found = test_command.result(
      {"t-pooled", "-", "-c", "x", "--by", "g", "--permutation", "20000"}, groups);
  const double exact = 4.0 / 20;
  CHECK_NEAR(found["p_value"].get<double>(), exact,
             monte_carlo(6, std::sqrt(exact * (1 - exact) / 20000)) + 1e-4);
}

TEST_CASE("test: weights are frequencies", "[cli]") {
  const std::string weighted = "x,g,w\n1,a,2\n2,a,1\n4,a,3\n3,b,1\n5,b,2\n9,b,0\n";
  const std::string written = "x,g\n1,a\n1,a\n2,a\n4,a\n4,a\n4,a\n3,b\n5,b\n5,b\n";
  for (const char* kind :
       {"t", "t-pooled", "var", "anova", "mann-whitney", "kruskal", "levene", "ks2"}) {
    INFO(kind);
    const Json a =
        test_command.result({kind, "-", "-c", "x", "--by", "g", "--weights", "w"}, weighted);
    const Json b = test_command.result({kind, "-", "-c", "x", "--by", "g"}, written);
    CHECK_NEAR(a["p_value"].get<double>(), b["p_value"].get<double>(), 1e-14);
    CHECK(a["n"] == 9);
  }
  check_refused({"wilcoxon", "-", "-c", "x", "--weights", "w"}, "x,w\n1,0.5\n2,1\n", 1,
                "whole numbers");
}

TEST_CASE("test: each group of -g is tested by itself", "[cli]") {
  const Json found = test_command.result({"shapiro", iris, "-c", "Sepal.Length", "-g", "Species"});
  REQUIRE(found["groups"].size() == 3);
  // R: shapiro.test(iris$Sepal.Length[1:50])
  CHECK_NEAR(found["groups"][0]["statistic"].get<double>(), 0.97769854984631255, 1e-12);
  CHECK(found["groups"][0]["group"]["Species"] == "setosa");
}

TEST_CASE("test: doubtful assumptions are said, with what to use instead", "[cli]") {
  const std::string skewed = "x\n1\n1.1\n1.2\n1.3\n1.4\n1.5\n1.6\n90\n";
  const Outcome outcome = test_command({"t", "-"}, skewed);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("wilcoxon"));
  CHECK_THAT(outcome.out, ContainsSubstring("doubtful"));
}

TEST_CASE("test: levels of numbers are sorted by value, 1.0 and 1 are one level", "[cli]") {
  const Json found = test_command.result({"anova", "-", "-c", "y", "--by", "dose"},
                                         "y,dose\n1,10\n2,10.0\n5,2\n6,2\n8,1\n9.5,1\n");
  CHECK(found["samples"][0]["name"] == "dose = 1");
  CHECK(found["samples"][2]["name"] == "dose = 10");
  CHECK(found["samples"][2]["n"] == 2);
}

TEST_CASE("test: boxes by group are drawn", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  const Outcome drawn = test_command(
      {"anova", iris, "-c", "Sepal.Length", "--by", "Species", "--plot=" + (folder / "b.svg")});
  CHECK(drawn.status == 0);
  CHECK_THAT(folder.content("b.svg"), ContainsSubstring("virginica"));
}

TEST_CASE("test: data that cannot support it are one line and status 3", "[cli]") {
  for (const char* kind : {"z", "t", "shapiro", "jarque-bera", "anderson", "ks", "runs"})
    check_refused({kind, "-"}, "x\n2\n2\n2\n2\n2\n2\n2\n2\n2\n", 3, "");
  for (const char* kind : {"z", "t", "shapiro", "jarque-bera", "anderson", "ks", "runs"})
    check_refused({kind, "-"}, "x\n2\n", 3, "");
  for (const char* kind :
       {"t", "t-pooled", "var", "levene", "bartlett", "anova", "kruskal", "mann-whitney", "ks2"}) {
    INFO(kind);
    check_refused({kind, "-", "-c", "x", "--by", "g"}, "x,g\n1,a\n2,a\n3,a\n", 3, "");
    check_refused({kind, "-", "-c", "x", "--by", "g", "--weights", "w"},
                  "x,g,w\n1,a,0\n2,a,0\n3,b,0\n", 3, "");
    check_refused({kind, "-", "-c", "x", "--by", "g"}, "x,g\nNA,a\nNA,b\n", 3, "without a value");
    check_refused({kind, "-", "-c", "x", "--by", "g"}, "", 3, "empty");
    check_refused({kind, "-", "-c", "x", "--by", "g"}, "x,g\n", 3, "");
  }
  for (const char* kind :
       {"t", "t-pooled", "var", "levene", "bartlett", "anova", "kruskal", "mann-whitney"})
    check_refused({kind, "-", "-c", "x", "--by", "g"}, "x,g\n1,a\n1,a\n1,b\n1,b\n", 3, "");
  check_refused({"t-paired", "-"}, "x,y\n1,2\n2,3\n7,8\n", 3, "all values equal -1");
  check_refused({"cor", "-"}, "x,y\n1,2\n2,5\n", 3, "3 rows");
  check_refused({"cor", "-"}, "x,y\n1,2\n1,5\n1,7\n", 3, "constant");
  check_refused({"chisq", "-"}, "a,b\nx,y\nx,z\n", 3, "two levels");
  check_refused({"fisher", "-"}, "a,b\nx,y\nx,z\n", 3, "two levels");
  check_refused({"chisq-fit", "-"}, "a\nx\nx\n", 3, "one level");
  check_refused({"binom", "-"}, "a\nx\ny\nz\n", 3, "--success");
  check_refused({"anova2", "-", "-c", "x", "--by", "g,h"}, "x,g,h\n1,a,u\n2,a,v\n", 3,
                "'g' has 1 level");
  check_refused({"t", "-", "-c", "x", "--by", "g"}, "x,g\n1,a\n2,b\n3,c\n", 3, "anova or kruskal");
  check_refused({"t", "-"}, "x\n1\ninf\n2\n", 3, "infinite");
}

TEST_CASE("test: what cannot be understood is one line and status 2", "[cli]") {
  check_refused({"anvoa", "-"}, groups, 2, "did you mean 'anova'?");
  check_refused({"t", "-", "-c", "x", "--alpha", "2"}, groups, 2, "--alpha");
  check_refused({"t", "-", "-c", "x", "--mu", "inf"}, groups, 2, "--mu");
  check_refused({"t", "-", "-c", "x", "--exact"}, groups, 2, "no use for --exact");
  check_refused({"shapiro", "-", "-c", "x", "--by", "g"}, groups, 2, "-g");
  check_refused({"wilcoxon", "-", "-c", "x", "--by", "g"}, groups, 2, "mann-whitney");
  check_refused({"t", "-", "-c", "x", "--by", "h"}, groups, 2, "no column 'h'");
  check_refused({"t", "-", "-c", "x", "--alternative", "bigger"}, groups, 2, "--alternative");
  check_refused({"t", "-", "-c", "x", "--missing", "mean"}, groups, 2, "--missing");
  check_refused({"mann-whitney", "-", "-c", "x", "--by", "g", "--exact", "--permutation", "9"},
                groups, 2, "exclude");
  check_refused({"t", "-", "-c", "x", "--bootstrap", "3"}, groups, 2, "--bootstrap");
  check_refused({"z", "-", "-c", "x", "--sigma", "0"}, groups, 2, "> 0");
  check_refused({"ks", "-", "-c", "x", "--distribution", "norml"}, groups, 2,
                "did you mean 'normal'?");
  check_refused({"t", "-"}, "a,b,c\n1,2,3\n4,5,6\n", 2, "name them with -c");
  check_refused({"anova2", "-", "-c", "x", "--by", "g"}, groups, 2, "two columns");
}
