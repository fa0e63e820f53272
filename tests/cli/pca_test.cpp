#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/support/process.hpp"
#include "support/reference_data.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using mathtool::test::ScratchFolder;
using mathtool::test::shell;
using Json = nlohmann::json;

namespace {

const std::string iris = MATHTOOL_SOURCE_DIR "/examples/iris.csv";

Outcome pca(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "pca");
  return run_mathtool(std::move(arguments), {.input = input});
}

Json json_of(const Outcome& outcome) {
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return Json::parse(outcome.out);
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

/// n rows of p numbers that are no function of each other.
std::string table(int n, int p) {
  std::string text = "c1";
  for (int j = 2; j <= p; ++j) text += ",c" + std::to_string(j);
  text += '\n';
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < p; ++j)
      text += std::to_string(std::sin(i * 1.7 + j * 2.3) + (i * (j + 3)) % 7) +
              (j + 1 < p ? "," : "\n");
  return text;
}

}  // namespace

TEST_CASE("pca: the keys of the contract are there, with the figures of iris", "[cli]") {
  const Json all = json_of(pca({iris, "--json"}));
  CHECK(all["command"] == "pca");
  CHECK(all["input"]["rows"] == 150);
  CHECK(all["input"]["used"] == 150);
  CHECK(all["input"]["skipped"][0]["column"] == "Species");
  CHECK(all["status"] == "converged");
  const Json& result = all["result"];
  CHECK(result["variables"].size() == 4);
  CHECK(result["observations"] == 150);
  CHECK(result["scale"] == Json{1, 1, 1, 1});
  CHECK(result["components"].size() == 4);
  CHECK(result["loadings"].size() == 4);
  CHECK(result["solver"] == "covariance");
  // Shares by R 4.2.2, summary(prcomp(iris[1:4])).
  const double shares[] = {0.9246, 0.05307, 0.01710, 0.00521};
  for (std::size_t k = 0; k < 4; ++k)
    CHECK_NEAR(result["explained_variance_ratio"][k], shares[k], 5e-5);
  CHECK_NEAR(result["cumulative_ratio"][3], 1.0, 1e-15);
  CHECK_NEAR(result["total_variance"], 4.572957, 5e-7);  // R: sum(diag(cov(iris[1:4])))
  const double loading = result["components"][0][2],
               root = std::sqrt(double(result["eigenvalues"][0]));
  CHECK_NEAR(result["loadings"][0][2], loading * root, 1e-15);
}

TEST_CASE("pca: the screen for people shows shares, bars and signs", "[cli]") {
  const Outcome outcome = pca({iris});
  CHECK(outcome.status == 0);
  for (const char* word : {"92.46", "5.31", "1.71", "0.52", "97.77", "PC1", "Petal.Length 0.857"})
    CHECK_THAT(outcome.out, ContainsSubstring(word));
  CHECK_THAT(outcome.err, ContainsSubstring("Species"));
  CHECK(pca({iris, "-q"}).err.empty());
}

TEST_CASE("pca: CSV is component, eigenvalue, ratio, cumulative and the variables", "[cli]") {
  const auto rows = lines(pca({iris, "--csv", "-k", "2"}).out);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0] ==
        "component,eigenvalue,ratio,cumulative,Sepal.Length,Sepal.Width,Petal.Length,Petal.Width");
  CHECK(rows[1].substr(0, 6) == "PC1,4.");
}

TEST_CASE("pca: the rules of -k", "[cli]") {
  const auto kept = [](const std::string& rule) {
    return json_of(pca({iris, "-s", "--json", "-k", rule}))["result"]["eigenvalues"].size();
  };
  CHECK(kept("3") == 3);
  CHECK(kept("95%") ==
        2);  // 73.0 and 95.8 % cumulated (R: summary(prcomp(iris[1:4], scale. = TRUE)))
  CHECK(kept("96%") == 3);
  CHECK(kept("kaiser") == 1);
  CHECK(kept("parallel") == 1);
  CHECK(json_of(pca({iris, "--json", "-k", "parallel", "--seed", "7"}))["seed"] == 7);
  const Outcome more = pca({iris, "-k", "9"});
  CHECK(more.status == 0);
  CHECK_THAT(more.err, ContainsSubstring("rank 4"));
  for (const char* wrong : {"0", "-1", "x", "0%", "101%", "1.5", "3x", "%"})
    CHECK(pca({iris, "-k", wrong}).status == 2);
}

TEST_CASE("pca: all solvers print the same analysis", "[cli]") {
  const Json reference = json_of(pca({iris, "-s", "--json"}))["result"];
  for (const char* solver : {"covariance", "svd", "randomized"}) {
    const Json result = json_of(pca({iris, "-s", "--json", "--solver", solver}))["result"];
    CHECK(result["solver"] == solver);
    for (std::size_t k = 0; k < 4; ++k) {
      CHECK_NEAR(result["eigenvalues"][k], double(reference["eigenvalues"][k]), 1e-14);
      for (std::size_t j = 0; j < 4; ++j)
        CHECK_NEAR(result["components"][k][j], double(reference["components"][k][j]), 1e-12);
    }
  }
  CHECK(pca({iris, "--solver", "qr"}).status == 2);
}

TEST_CASE("pca: tables of R agree with prcomp", "[cli][reference]") {
  REQUIRE_REFERENCE_DATA(data);
  const Json expected = Json::parse(std::ifstream(data / "tabular" / "expected_R.json"));
  const struct {
    const char *file, *columns, *entry;
    bool standardize;
  } cases[] = {{"iris.csv", "!rownames", "iris_pca_cov", false},
               {"iris.csv", "!rownames", "iris_pca_cor", true},
               {"USArrests.csv", "!rownames", "USArrests_pca_cor", true},
               {"mtcars.csv", "!rownames", "mtcars_pca_cor", true},
               {"digits_optdigits.csv", "1-64", "digits_pca_cov_first10", false}};
  for (const auto& one : cases) {
    std::vector<std::string> words{(data / "tabular" / one.file).string(), "-c", one.columns,
                                   "--json"};
    if (one.standardize) words.push_back("-s");
    const Json result = json_of(pca(words))["result"];
    INFO(one.entry);
    const double largest = result["eigenvalues"][0];
    for (std::size_t k = 0; k < expected[one.entry]["sdev"].size(); ++k) {
      const double sd = expected[one.entry]["sdev"][k];
      CHECK_NEAR(result["eigenvalues"][k], sd * sd, 1e-12 * largest);
    }
  }
}

TEST_CASE("pca: scores keep every row, carry text, and are blank where a value is missing",
          "[cli]") {
  const ScratchFolder folder;
  const std::string out = (folder / "scores.csv");
  const Outcome outcome =
      pca({"--scores", out, "-k", "1"}, "name,x,y\n\"b, c\",1,2\nd,,4\ne,3,1\nf,5,9\n");
  REQUIRE(outcome.status == 0);
  CHECK_THAT(outcome.err, ContainsSubstring("1 of 4 rows dropped"));
  const auto rows = lines(folder.content("scores.csv"));
  REQUIRE(rows.size() == 5);
  CHECK(rows[0] == "name,PC1");
  CHECK(rows[1].substr(0, 7) == "\"b, c\",");
  CHECK(rows[2] == "d,");
  CHECK(rows[3].substr(0, 2) == "e,");
}

TEST_CASE("pca: whitened scores have variance 1", "[cli]") {
  const ScratchFolder folder;
  const std::string out = (folder / "w.csv");
  REQUIRE(pca({iris, "--whiten", "--scores", out, "-k", "2"}).status == 0);
  double squares = 0;
  for (const std::string& row : lines(folder.content("w.csv"))) {
    if (row.starts_with("Species")) continue;
    const double z = std::stod(row.substr(row.find(',') + 1));
    squares += z * z;
  }
  CHECK_NEAR(squares / 149, 1.0, 1e-12);
}

TEST_CASE("pca: diagnostics list unusual rows and give every row two numbers", "[cli]") {
  const Json result =
      json_of(pca({iris, "-k", "2", "--diagnostics", "--json"}))["result"]["diagnostics"];
  CHECK(result["t_squared"].size() == 150);
  CHECK(result["q"].size() == 150);
  double sum = 0;
  for (const Json& t : result["t_squared"]) sum += double(t);
  CHECK_NEAR(sum, 149 * 2, 1e-9);  // Σ T² = (n − 1) k
  CHECK_THAT(pca({iris, "-k", "2", "--diagnostics"}).out, ContainsSubstring("of 150 rows beyond"));
}

TEST_CASE("pca: threads, pipe and file give the same bytes", "[cli]") {
  const ScratchFolder folder;
  for (const int p : {5, 90, 300}) {
    folder.write("t.csv", table(1500, p));
    const std::string file = (folder / "t.csv");
    INFO(p << " columns");
    const std::string line = "cat '" + file + "' | $MATHTOOL pca - --csv -k 5 --scores ";
    const Outcome one = pca({file, "--csv", "-k", "5", "-j", "1", "--scores", (folder / "1")});
    const Outcome two = pca({file, "--csv", "-k", "5", "-j", "2", "--scores", (folder / "2")});
    const Outcome pipe = shell(line + "'" + (folder / "3") + "'");
    REQUIRE(one.status == 0);
    CHECK(one.out == two.out);
    CHECK(one.out == pipe.out);
    CHECK(folder.content("1") == folder.content("2"));
    CHECK(folder.content("1") == folder.content("3"));
  }
}

TEST_CASE("pca: more columns than rows", "[cli]") {
  const Json result = json_of(pca({"--json"}, table(6, 40)))["result"];
  CHECK(result["solver"] == "gram");
  CHECK(result["eigenvalues"].size() == 5);
  double sum = 0;
  for (const Json& value : result["eigenvalues"]) sum += double(value);
  CHECK_NEAR(sum, double(result["total_variance"]), 1e-12 * sum);
}

TEST_CASE("pca: a hundred thousand columns need no matrix of their square", "[cli]") {
  const Outcome outcome =
      shell("ulimit -v 4000000; $MATHTOOL pca - -k 3 --csv | wc -l", {.input = table(4, 100'000)});
  CHECK(outcome.out.find("4") != std::string::npos);
  const Outcome refused = pca({"--solver", "covariance"}, table(4, 100'000));
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, ContainsSubstring("74.5 GiB"));
}

TEST_CASE("pca: --memory bounds what is kept", "[cli]") {
  const Outcome outcome = pca({"--solver", "svd", "--memory", "10K"}, table(400, 5));
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, ContainsSubstring("--memory"));
  CHECK(pca({"--memory", "10K"}, table(4000, 5)).status == 0);
}

TEST_CASE("pca: the policies for missing values", "[cli]") {
  const std::string holes = "a,b,c\n1,2,1\n2,NA,3\n4,1,\n3,5,2\n0,4,9\n7,1,4\n";
  CHECK(json_of(pca({"--json"}, holes))["result"]["observations"] == 4);
  const Json dropped = json_of(pca({"--json"}, holes))["input"];
  CHECK(dropped["rows"] == 6);
  CHECK(dropped["used"] == 4);
  CHECK(dropped["dropped"] == Json{{"b", 1}, {"c", 1}});
  CHECK(json_of(pca({"--json", "--missing", "mean"}, holes))["result"]["observations"] == 6);
  CHECK(json_of(pca({"--json", "--missing", "pairwise"}, holes))["result"]["observations"] == 6);
  const Outcome strict = pca({"--missing", "error"}, holes);
  CHECK(strict.status == 1);
  CHECK_THAT(strict.err, ContainsSubstring(":3: column 'b'"));
  CHECK(pca({"--missing", "pairwise", "--solver", "svd"}, holes).status == 2);
  // The mean of b without the hole is 13/5; imputing it by hand must change nothing.
  const std::string filled = "a,b,c\n1,2,1\n2,2.6,3\n4,1,3.8\n3,5,2\n0,4,9\n7,1,4\n";
  const Json by_hand = json_of(pca({"--json"}, filled))["result"];
  for (const char* solver : {"covariance", "svd"}) {
    const Json imputed =
        json_of(pca({"--json", "--missing", "mean", "--solver", solver}, holes))["result"];
    CHECK_NEAR(imputed["eigenvalues"][1], double(by_hand["eigenvalues"][1]), 1e-13);
  }
}

TEST_CASE("pca: an indefinite pairwise covariance is repaired and said", "[cli]") {
  // Three pairs of columns, each seen in rows of its own: a with b +, b with c +, a with c −.
  const std::string text =
      "a,b,c\n1,1,\n-1,-1,\n2,2,\n-2,-2,\n,1,1\n,-1,-1\n,2,2\n,-2,-2\n1,,-1\n-1,,1\n2,,-2\n-2,,2\n";
  const Outcome outcome = pca({"--json", "--missing", "pairwise"}, text);
  const Json all = json_of(outcome);
  CHECK_THAT(outcome.err, ContainsSubstring("not positive semidefinite"));
  for (const Json& value : all["result"]["eigenvalues"]) CHECK(double(value) > 0);
}

TEST_CASE("pca: constant columns, dependent columns and units are noted", "[cli]") {
  const std::string text = "a,k,b,sum\n1,5,20,21\n2,5,70,72\n4,5,10,14\n9,5,30,39\n";
  const Outcome plain = pca({"--json"}, text);
  CHECK(json_of(plain)["result"]["eigenvalues"].size() == 2);
  CHECK_THAT(plain.err, ContainsSubstring("rank 2"));
  const Outcome standardised = pca({"--json", "-s"}, text);
  CHECK_THAT(standardised.err, ContainsSubstring("constant column dropped: 'k'"));
  CHECK(json_of(standardised)["result"]["variables"] == Json{"a", "b", "sum"});
  CHECK_THAT(pca({}, "a,b\n1,1000\n2,3000\n4,2500\n").err, ContainsSubstring("-s"));
  CHECK_THAT(pca({}, "id,b\n1,10\n2,30\n3,25\n").err, ContainsSubstring("'id' counts 1, 2, 3"));
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
    const Outcome outcome = pca({"--json"}, text);
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
    const Outcome outcome = pca({}, text);
    INFO(text);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, ContainsSubstring(place));
    CHECK(lines(outcome.err).size() == 1);
  }
}

TEST_CASE("pca: a covariance that overflows is reported with exit 4", "[cli]") {
  const Outcome outcome = pca({"--json"}, "a,b\n1e200,1\n-1e200,2\n3,4\n");
  CHECK(outcome.status == 4);
  const Json all = Json::parse(outcome.out);
  CHECK(all["status"] == "not_finite");
  CHECK_THAT(std::string(all["reason"]), ContainsSubstring("overflow"));
}

TEST_CASE("pca: a failure leaves no file behind, and an existing one as it was", "[cli]") {
  const ScratchFolder folder;
  folder.write("old.csv", "kept");
  const std::string out = (folder / "old.csv");
  CHECK(pca({"--scores", out}, "a,b\n1,2\n").status == 3);
  CHECK(folder.content("old.csv") == "kept");
  CHECK(pca({iris, "--scores", "/nowhere/at/all.csv"}).status == 1);
}

TEST_CASE("pca: loadings are written by variable", "[cli]") {
  const ScratchFolder folder;
  const std::string out = (folder / "l.csv");
  REQUIRE(pca({iris, "--loadings", out, "-k", "2"}).status == 0);
  const auto rows = lines(folder.content("l.csv"));
  REQUIRE(rows.size() == 5);
  CHECK(rows[0] == "variable,PC1,PC2");
  CHECK(rows[1].starts_with("Sepal.Length,0.743"));  // 0.36139 √4.22824
}

TEST_CASE("pca: columns are picked in the order asked for", "[cli]") {
  CHECK(json_of(pca({iris, "--json", "-c", "Petal*,1"}))["result"]["variables"] ==
        Json{"Petal.Length", "Petal.Width", "Sepal.Length"});
  const Outcome unknown = pca({iris, "-c", "Petal.Lenght"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, ContainsSubstring("did you mean 'Petal.Length'"));
}
