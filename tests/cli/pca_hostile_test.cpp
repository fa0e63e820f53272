#include <nlohmann/json.hpp>

#include "cli/support/pca_runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

// What `mathtool pca` does with data that are incomplete, degenerate, huge or broken.

using namespace mathtool::test;
using Json = nlohmann::json;

TEST_CASE("pca: a hundred thousand columns need no matrix of their square", "[cli]") {
  const Outcome outcome = shell("ulimit -v 4000000; $MATHTOOL pca - -k 3 --csv | wc -l",
                                {.input = table_text(4, 100'000)});
  CHECK(outcome.out.find("4") != std::string::npos);
  const Outcome refused = run_pca({"--solver", "covariance"}, table_text(4, 100'000));
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, ContainsSubstring("74.5 GiB"));
}

TEST_CASE("pca: --memory bounds what is kept", "[cli]") {
  const Outcome outcome = run_pca({"--solver", "svd", "--memory", "10K"}, table_text(400, 5));
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, ContainsSubstring("--memory"));
  CHECK(run_pca({"--memory", "10K"}, table_text(4000, 5)).status == 0);
}

TEST_CASE("pca: the policies for missing values", "[cli]") {
  const std::string holes = "a,b,c\n1,2,1\n2,NA,3\n4,1,\n3,5,2\n0,4,9\n7,1,4\n";
  CHECK(json_of(run_pca({"--json"}, holes))["result"]["observations"] == 4);
  const Json dropped = json_of(run_pca({"--json"}, holes))["input"];
  CHECK(dropped["rows"] == 6);
  CHECK(dropped["used"] == 4);
  CHECK(dropped["dropped"] == Json{{"b", 1}, {"c", 1}});
  CHECK(json_of(run_pca({"--json", "--missing", "mean"}, holes))["result"]["observations"] == 6);
  CHECK(json_of(run_pca({"--json", "--missing", "pairwise"}, holes))["result"]["observations"] ==
        6);
  const Outcome strict = run_pca({"--missing", "error"}, holes);
  CHECK(strict.status == 1);
  CHECK_THAT(strict.err, ContainsSubstring(":3: column 'b'"));
  CHECK(run_pca({"--missing", "pairwise", "--solver", "svd"}, holes).status == 2);
  // The mean of b without the hole is 13/5; imputing it by hand must change nothing.
  const std::string filled = "a,b,c\n1,2,1\n2,2.6,3\n4,1,3.8\n3,5,2\n0,4,9\n7,1,4\n";
  const Json by_hand = json_of(run_pca({"--json"}, filled))["result"];
  for (const char* solver : {"covariance", "svd"}) {
    const Json imputed =
        json_of(run_pca({"--json", "--missing", "mean", "--solver", solver}, holes))["result"];
    CHECK_NEAR(imputed["eigenvalues"][1], double(by_hand["eigenvalues"][1]), 1e-13);
  }
}

TEST_CASE("pca: an indefinite pairwise covariance is repaired and said", "[cli]") {
  // Three pairs of columns, each seen in rows of its own: a with b +, b with c +, a with c −.
  const std::string text =
      "a,b,c\n1,1,\n-1,-1,\n2,2,\n-2,-2,\n,1,1\n,-1,-1\n,2,2\n,-2,-2\n1,,-1\n-1,,1\n2,,-2\n-2,,2\n";
  const Outcome outcome = run_pca({"--json", "--missing", "pairwise"}, text);
  const Json all = json_of(outcome);
  CHECK_THAT(outcome.err, ContainsSubstring("not positive semidefinite"));
  for (const Json& value : all["result"]["eigenvalues"]) CHECK(double(value) > 0);
}

TEST_CASE("pca: constant columns, dependent columns and units are noted", "[cli]") {
  const std::string text = "a,k,b,sum\n1,5,20,21\n2,5,70,72\n4,5,10,14\n9,5,30,39\n";
  const Outcome plain = run_pca({"--json"}, text);
  CHECK(json_of(plain)["result"]["eigenvalues"].size() == 2);
  CHECK_THAT(plain.err, ContainsSubstring("rank 2"));
  const Outcome standardised = run_pca({"--json", "-s"}, text);
  CHECK_THAT(standardised.err, ContainsSubstring("constant column dropped: 'k'"));
  CHECK(json_of(standardised)["result"]["variables"] == Json{"a", "b", "sum"});
  CHECK_THAT(run_pca({}, "a,b\n1,1000\n2,3000\n4,2500\n").err, ContainsSubstring("-s"));
  CHECK_THAT(run_pca({}, "id,b\n1,10\n2,30\n3,25\n").err, ContainsSubstring("'id' counts 1, 2, 3"));
}

TEST_CASE("pca: data that cannot support it end with 3, one line and no output", "[cli]") {
  const std::string hostile[] = {"",
                                 "a,b\n",
                                 "a,b\n1,2\n",
                                 "a,b\nx,y\nu,v\n",
                                 "a,b\n1,1\n1,1\n1,1\n",
                                 "a,b\n1,2\n3,inf\n5,6\n",
                                 "a,b\n1,2\n3,1e400\n5,6\n",
                                 "a,b\n1,\n,2\n3,\n"};
  for (const std::string& text : hostile) {
    const Outcome outcome = run_pca({"--json"}, text);
    INFO(text);
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK(lines(outcome.err).back().starts_with("mathtool pca: "));
  }
}

TEST_CASE("pca: broken tables end with 1, one line that names the place", "[cli]") {
  const std::pair<std::string, const char*> broken[] = {
      {"a,b\n1,2\n3\n", ":3: "},
      {"a,b\n1,2\n3,4,5\n", ":3: "},
      {"a,b\n1,2\n\"3,4\n", ":3: "},
      {"a,b\n1,2\n3,n/a?\n4,5\n", "column 'b' has text \"n/a?\""},
      {std::string("a,b\n1,2\n\0,4\n", 13), ":3: "},
      {"\xff\xfe"
       "a\0",
       "UTF-16"}};
  for (const auto& [text, place] : broken) {
    const Outcome outcome = run_pca({}, text);
    INFO(text);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, ContainsSubstring(place));
    CHECK(lines(outcome.err).size() == 1);
  }
}

TEST_CASE("pca: a covariance that overflows is reported with exit 4", "[cli]") {
  const Outcome outcome = run_pca({"--json"}, "a,b\n1e200,1\n-1e200,2\n3,4\n");
  CHECK(outcome.status == 4);
  const Json all = Json::parse(outcome.out);
  CHECK(all["status"] == "not_finite");
  CHECK_THAT(std::string(all["reason"]), ContainsSubstring("overflow"));
}

TEST_CASE("pca: a failure leaves no file behind, and an existing one as it was", "[cli]") {
  const ScratchFolder folder;
  folder.write("old.csv", "kept");
  const std::string out = (folder / "old.csv");
  CHECK(run_pca({"--scores", out}, "a,b\n1,2\n").status == 3);
  CHECK(folder.content("old.csv") == "kept");
  CHECK(run_pca({MATHTOOL_SOURCE_DIR "/examples/iris.csv", "--scores", "/nowhere/at/all.csv"})
            .status == 1);
}
