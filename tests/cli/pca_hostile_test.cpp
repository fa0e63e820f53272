#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"
#include "support/sanitizer.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

// What `mathtool pca` does with data that are incomplete, degenerate, huge or broken.

using namespace mathtool::test;
using Json = nlohmann::json;

TEST_CASE("pca: a hundred thousand columns need no matrix of their square", "[cli]") {
  const std::string limit = sanitized ? "" : "ulimit -v 4000000; ";
  const Outcome outcome =
      shell(limit + "$MATHTOOL pca - -k 3 --csv | wc -l", {.input = table_text(4, 100'000)});
  CHECK(std::stoi(outcome.out) == 4);  // names and three components
  const Outcome refused = run_pca({"--solver", "covariance"}, table_text(4, 100'000));
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, ContainsSubstring("74.51 GiB"));
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

TEST_CASE("pca: a covariance that overflows says how many rows were used, in every form", "[cli]") {
  const std::string few = "a,b\n1e200,1\n-1e200,2\n";  // rows are kept
  const std::string many = "a,b\n1e200,1\n-1e200,2\n3,4\n5,\n";
  for (const auto& [text, used] : {std::pair(few, 2), std::pair(many, 3)}) {
    const Json all = Json::parse(run_pca({"--json"}, text).out);
    CHECK(all["result"]["observations"] == used);
    CHECK_FALSE(all["result"].contains("mean"));
    for (const char* form : {"--csv", "--md", "--format=latex", "--format=tsv"}) {
      const Outcome outcome = run_pca({form}, text);
      CHECK(outcome.status == 4);
      CHECK(outcome.out.empty());
      CHECK_THAT(outcome.err, ContainsSubstring("overflow"));
    }
    CHECK(run_pca({"--plot"}, text).status == 4);
  }
}

TEST_CASE("pca: a total variance that overflows is reported with exit 4 unless standardised",
          "[cli]") {
  // Each variance is about 1.2e308, their sum is no double.
  const std::string text = "a,b\n1.1e154,0\n-1.1e154,1\n0,1.1e154\n0,-1.1e154\n1e153,3\n";
  const Outcome outcome = run_pca({"--json"}, text);
  CHECK(outcome.status == 4);
  CHECK(Json::parse(outcome.out)["status"] == "not_finite");
}

TEST_CASE("pca: a column name that no model can hold is refused before anything is computed",
          "[cli]") {
  const ScratchFolder folder;
  const std::string text = "a,h\xf6he\n1,2\n3,5\n7,1\n";
  const Outcome outcome = run_pca({"--save", folder / "m.json"}, text);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("column 2, 'h\xf6he', is not UTF-8"));
  CHECK_THAT(outcome.err, ContainsSubstring("iconv"));
  CHECK(folder.is_empty());
  CHECK(run_pca({}, text).status == 0);
}

TEST_CASE("pca: many constant columns are a short note", "[cli]") {
  std::string names = "a,b", rows[3] = {"1,2", "2,7", "5,1"};
  for (int j = 0; j < 8; ++j) {
    names += ",k" + std::to_string(j);
    for (std::string& row : rows) row += ",1";
  }
  const Outcome outcome =
      run_pca({"-s"}, names + "\n" + rows[0] + "\n" + rows[1] + "\n" + rows[2] + "\n");
  CHECK_THAT(outcome.err, ContainsSubstring("'k0', 'k1', 'k2', 'k3', 'k4', and 3 more\n"));
}

TEST_CASE("pca: a limit that is not known is said in words on screen, null in JSON", "[cli]") {
  const std::string three = "a,b,c\n1,2,9\n4,3,1\n5,5,5\n";  // n = k + 1: no limit of T2
  const Outcome screen = run_pca({"--diagnostics"}, three);
  CHECK_THAT(screen.out, ContainsSubstring("T2 limit not known"));
  CHECK(screen.out.find("nan") == std::string::npos);
  CHECK(lines(screen.out).back().find("rows beyond") != std::string::npos);
  const Json result = json_of(run_pca({"--diagnostics", "--json"}, three))["result"];
  CHECK(result["diagnostics"]["t_squared_limit"].is_null());
}

TEST_CASE("pca: 200,000 rows of 20 numbers need less than 64 MiB", "[cli]") {
  const ScratchFolder folder;
  const std::string path = folder / "long.csv";
  {
    std::ofstream file(path);  // line by line: what this process holds counts as well
    for (int i = 0; i < 200'000; ++i)
      for (int j = 0; j < 20; ++j)
        file << (i * (j + 3) + i / 7 * j) % 9973 << ".25" << (j < 19 ? ',' : '\n');
  }
  const Outcome outcome = run_pca({path, "--csv"});
  CHECK(outcome.status == 0);
  INFO((outcome.peak_memory >> 20) << " MiB");
  if (sanitized)
    WARN("SKIPPED: a sanitizer's own memory hides the program's");
  else
    CHECK(outcome.peak_memory < (std::int64_t{64} << 20));
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
