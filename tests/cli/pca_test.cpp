#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"
#include "support/reference_data.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

TEST_CASE("pca: the keys of the contract are there, with the figures of iris", "[cli]") {
  const Json all = json_of(run_pca({iris, "--json"}));
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
  const Outcome outcome = run_pca({iris});
  CHECK(outcome.status == 0);
  for (const char* word : {"92.46", "5.31", "1.71", "0.52", "97.77", "PC1", "Petal.Length 0.857"})
    CHECK_THAT(outcome.out, ContainsSubstring(word));
  CHECK_THAT(outcome.err, ContainsSubstring("Species"));
  CHECK(run_pca({iris, "-q"}).err.empty());
}

TEST_CASE("pca: CSV is component, eigenvalue, ratio, cumulative and the variables", "[cli]") {
  const auto rows = lines(run_pca({iris, "--csv", "-k", "2"}).out);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0] ==
        "component,eigenvalue,ratio,cumulative,Sepal.Length,Sepal.Width,Petal.Length,Petal.Width");
  CHECK(rows[1].substr(0, 6) == "PC1,4.");
}

TEST_CASE("pca: the rules of -k", "[cli]") {
  const auto kept = [](const std::string& rule) {
    return json_of(run_pca({iris, "-s", "--json", "-k", rule}))["result"]["eigenvalues"].size();
  };
  CHECK(kept("3") == 3);
  CHECK(kept("95%") ==
        2);  // 73.0 and 95.8 % cumulated (R: summary(prcomp(iris[1:4], scale. = TRUE)))
  CHECK(kept("96%") == 3);
  CHECK(kept("kaiser") == 1);
  CHECK(kept("parallel") == 1);
  CHECK(json_of(run_pca({iris, "--json", "-k", "parallel", "--seed", "7"}))["seed"] == 7);
  const Outcome more = run_pca({iris, "-k", "9"});
  CHECK(more.status == 0);
  CHECK_THAT(more.err, ContainsSubstring("rank 4"));
  for (const char* wrong : {"0", "-1", "x", "0%", "101%", "1.5", "3x", "%"})
    CHECK(run_pca({iris, "-k", wrong}).status == 2);
}

TEST_CASE("pca: all solvers print the same analysis", "[cli]") {
  const Json reference = json_of(run_pca({iris, "-s", "--json"}))["result"];
  for (const char* solver : {"covariance", "svd", "randomized"}) {
    const Json result = json_of(run_pca({iris, "-s", "--json", "--solver", solver}))["result"];
    CHECK(result["solver"] == solver);
    for (std::size_t k = 0; k < 4; ++k) {
      CHECK_NEAR(result["eigenvalues"][k], double(reference["eigenvalues"][k]), 1e-14);
      for (std::size_t j = 0; j < 4; ++j)
        CHECK_NEAR(result["components"][k][j], double(reference["components"][k][j]), 1e-12);
    }
  }
  CHECK(run_pca({iris, "--solver", "qr"}).status == 2);
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
    const Json result = json_of(run_pca(words))["result"];
    INFO(one.entry);
    const double largest = result["eigenvalues"][0];
    for (std::size_t k = 0; k < expected[one.entry]["sdev"].size(); ++k) {
      const double sd = expected[one.entry]["sdev"][k];
      CHECK_NEAR(result["eigenvalues"][k], sd * sd, 1e-12 * largest);
    }
    if (!expected[one.entry].contains("rotation_columns_are_components")) continue;
    const Json& rotation = expected[one.entry]["rotation_columns_are_components"];
    for (std::size_t k = 0; k < rotation[0].size(); ++k)
      for (std::size_t j = 0; j < rotation.size(); ++j)
        CHECK_NEAR(result["components"][k][j], double(rotation[j][k]), 1e-8);
  }
}

TEST_CASE("pca: scores keep every row, carry text, and are blank where a value is missing",
          "[cli]") {
  const ScratchFolder folder;
  const std::string out = (folder / "scores.csv");
  const Outcome outcome =
      run_pca({"--scores", out, "-k", "1"}, "name,x,y\n\"b, c\",1,2\nd,,4\ne,3,1\nf,5,9\n");
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
  REQUIRE(run_pca({iris, "--whiten", "--scores", out, "-k", "2"}).status == 0);
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
      json_of(run_pca({iris, "-k", "2", "--diagnostics", "--json"}))["result"]["diagnostics"];
  CHECK(result["t_squared"].size() == 150);
  CHECK(result["q"].size() == 150);
  double sum = 0;
  for (const Json& t : result["t_squared"]) sum += double(t);
  CHECK_NEAR(sum, 149 * 2, 1e-9);  // Σ T² = (n − 1) k
  CHECK_THAT(run_pca({iris, "-k", "2", "--diagnostics"}).out,
             ContainsSubstring("of 150 rows beyond"));
}

TEST_CASE("pca: a seed that was used is on the screen", "[cli]") {
  for (const std::vector<std::string>& random :
       {std::vector<std::string>{"-k", "parallel"}, {"-k", "2", "--solver", "randomized"}}) {
    std::vector<std::string> words{iris, "--seed", "7"};
    words.insert(words.end(), random.begin(), random.end());
    CHECK_THAT(lines(run_pca(words).out)[0], ContainsSubstring(", seed 7)"));
  }
  CHECK(run_pca({iris}).out.find("seed") == std::string::npos);
}

TEST_CASE("pca: more columns than rows", "[cli]") {
  const Json result = json_of(run_pca({"--json"}, table_text(6, 40)))["result"];
  CHECK(result["solver"] == "gram");
  CHECK(result["eigenvalues"].size() == 5);
  double sum = 0;
  for (const Json& value : result["eigenvalues"]) sum += double(value);
  CHECK_NEAR(sum, double(result["total_variance"]), 1e-12 * sum);
}

TEST_CASE("pca: loadings are written by variable", "[cli]") {
  const ScratchFolder folder;
  const std::string out = (folder / "l.csv");
  REQUIRE(run_pca({iris, "--loadings", out, "-k", "2"}).status == 0);
  const auto rows = lines(folder.content("l.csv"));
  REQUIRE(rows.size() == 5);
  CHECK(rows[0] == "variable,PC1,PC2");
  CHECK(rows[1].starts_with("Sepal.Length,0.743"));  // 0.36139 √4.22824
}

TEST_CASE("pca: columns are picked in the order asked for", "[cli]") {
  CHECK(json_of(run_pca({iris, "--json", "-c", "Petal*,1"}))["result"]["variables"] ==
        Json{"Petal.Length", "Petal.Width", "Sepal.Length"});
  const Outcome unknown = run_pca({iris, "-c", "Petal.Lenght"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, ContainsSubstring("did you mean 'Petal.Length'"));
}

TEST_CASE("pca: blurred small components are noted, with the remedy", "[cli]") {
  // The second column is the first but for 1e-5: eigenvalues about 1e-11 apart.
  const std::string text = "a,b\n1,1.00001\n2,2\n3,3.00001\n4,4\n6,5.99999\n";
  CHECK_THAT(run_pca({}, text).err, ContainsSubstring("--solver svd"));
  CHECK(run_pca({"--solver", "svd"}, text).err.find("--solver svd") == std::string::npos);
}

TEST_CASE("pca: --digits shows more of a percentage", "[cli]") {
  CHECK_THAT(run_pca({iris, "--digits", "8"}).out, ContainsSubstring("92.461872"));
}

TEST_CASE("pca: control characters of a name do not reach the terminal", "[cli]") {
  const std::string out = run_pca({}, "a\x1b[31m,b\n1,2\n3,5\n4,1\n").out;
  CHECK(out.find('\x1b') == std::string::npos);
}
