#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using mathtool::test::iris;
using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using mathtool::test::ScratchFolder;
using Json = nlohmann::json;

namespace {

struct Fitted {
  ScratchFolder folder;
  std::string model = (folder / "m.json");
  std::string scores = (folder / "s.csv");

  Fitted() {
    const Outcome outcome =
        run_mathtool({"pca", iris, "-s", "-k", "2", "--save", model, "--scores", scores});
    REQUIRE(outcome.status == 0);
  }

  Outcome apply(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.begin(), {"apply", model});
    return run_mathtool(std::move(arguments), {.input = input});
  }
};

}  // namespace

TEST_CASE("apply: the fitted table gives the scores of the fit, to the byte", "[cli]") {
  const Fitted fitted;
  CHECK(fitted.apply({iris, "--csv"}).out == fitted.folder.content("s.csv"));
}

TEST_CASE("apply: -o NAME.npy writes the scores as NPY, as pca --scores does", "[cli]") {
  const Fitted fitted;
  const ScratchFolder& folder = fitted.folder;
  const std::vector<std::vector<std::string>> options = {{}, {"--diagnostics"}, {"--whiten"}};
  for (const auto& how : options) {
    std::vector<std::string> pca{"pca", iris, "-s", "-k", "2", "-q", "--scores", folder / "p.npy"};
    pca.insert(pca.end(), how.begin(), how.end());
    REQUIRE(run_mathtool(pca).status == 0);
    std::vector<std::string> words{iris, "-q", "-o", folder / "a.npy"};
    words.insert(words.end(), how.begin(), how.end());
    const Outcome applied = fitted.apply(words);
    CHECK(applied.status == 0);
    CHECK(applied.out.empty());
    CHECK(applied.err.empty());
    CHECK(folder.content("a.npy").starts_with("\x93NUMPY"));
    CHECK(folder.content("a.npy") == folder.content("p.npy"));
  }
  // A pipe is read twice as well.
  REQUIRE(mathtool::test::shell("cat '" + iris + "' | $MATHTOOL apply '" + fitted.model +
                                "' - -q -o '" + (folder / "pipe.npy") + "'")
              .status == 0);
  REQUIRE(fitted.apply({iris, "-q", "-o", folder / "file.npy"}).status == 0);
  CHECK(folder.content("pipe.npy") == folder.content("file.npy"));
  CHECK(fitted.apply({iris, "--csv", "-o", folder / "x.npy"}).status == 2);
}

TEST_CASE("apply: columns are found by name in any order, others are ignored", "[cli]") {
  const Fitted fitted;
  const std::string
      straight = "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width\n5,3,1,0.5\n6,3,4,1.5\n",
      turned =
          "Petal.Width,extra,Petal.Length,Sepal.Width,Sepal.Length\n0.5,1,1,3,5\n1.5,2,4,3,6\n";
  const Outcome a = fitted.apply({"--csv"}, straight), b = fitted.apply({"--csv"}, turned);
  REQUIRE(a.status == 0);
  CHECK(a.out == b.out);
  CHECK(a.out.starts_with("PC1,PC2\n"));
}

TEST_CASE("apply: a column that is not there is shown, with the nearest name", "[cli]") {
  const Fitted fitted;
  const Outcome outcome =
      fitted.apply({}, "Sepal.Lenght,Sepal.Width,Petal.Length,Petal.Width\n5,3,1,0.5\n");
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("'Sepal.Length' (did you mean 'Sepal.Lenght'?)"));
}

TEST_CASE("apply: every row of the table has one in the JSON, blank where a value is missing",
          "[cli]") {
  const Fitted fitted;
  const std::string text =
      "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width,id\n5,3,1,0.5,u\n,3,4,1.5,v\n";
  const Json result = Json::parse(fitted.apply({"--json"}, text).out)["result"];
  CHECK(result["columns"] == Json{"id", "PC1", "PC2"});
  REQUIRE(result["rows"].size() == 2);
  CHECK(result["rows"][0][0] == "u");
  CHECK(result["rows"][0][1].is_number());
  CHECK(result["rows"][1] == Json{"v", nullptr, nullptr});
  const Json imputed =
      Json::parse(fitted.apply({"--json", "--missing", "mean"}, text).out)["result"];
  CHECK(imputed["rows"][1][1].is_number());
}

TEST_CASE("apply: what is no model is refused", "[cli]") {
  const Fitted fitted;
  const auto status = [](const std::string& path) {
    return run_mathtool({"apply", path, iris}).status;
  };
  CHECK(status("/nowhere.json") == 1);
  CHECK(status(iris) == 1);
  fitted.folder.write("cut.json", fitted.folder.content("m.json").substr(0, 200));
  CHECK(status((fitted.folder / "cut.json")) == 1);
  CHECK(run_mathtool({"apply"}).status == 2);
}

TEST_CASE("apply: the policies for missing values", "[cli]") {
  const Fitted fitted;
  const std::string text =
      "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width,id\n5,3,1,0.5,u\n,3,NA,1.5,v\n";
  const Outcome strict = fitted.apply({"--csv", "--missing", "error"}, text);
  CHECK(strict.status == 1);
  CHECK_THAT(strict.err, ContainsSubstring(":3: column 'Sepal.Length' has no value"));
  CHECK(strict.err ==
        "mathtool apply" + run_mathtool({"pca", "--missing", "error"}, {.input = text})
                               .err.substr(std::string("mathtool pca").size()));
  CHECK(fitted.apply({"--missing", "pairwise"}, text).status == 2);
  const Json input = Json::parse(fitted.apply({"--json"}, text).out)["input"];
  CHECK(input["rows"] == 2);
  CHECK(input["used"] == 1);
  CHECK(input["dropped"] == Json{{"Sepal.Length", 1}, {"Petal.Length", 1}});
}

TEST_CASE("apply: notes, decisions and time appear in every form", "[cli]") {
  const Fitted fitted;
  const std::string text =
      "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width,x,x\n5,3,1,0.5,1,2\n,3,4,1.5,1,2\n";
  for (const char* form : {"--csv", "--format=tsv", "--json", "--format=table"}) {
    const Outcome outcome = fitted.apply({form, "-v", "--timing"}, text);
    INFO(form);
    CHECK(outcome.status == 0);
    for (const char* line : {"note: repeated column names", "note: 1 of 2 rows lack a value",
                             "decided: delimiter ','", "time: "})
      CHECK_THAT(outcome.err, ContainsSubstring(line));
    CHECK(fitted.apply({form, "-q"}, text).err.empty());
  }
}

TEST_CASE("apply: a column of the model that is empty here is no text to carry along", "[cli]") {
  const Fitted fitted;
  const Outcome outcome =
      fitted.apply({"--csv"}, "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width\n5,3,1,\n");
  CHECK(outcome.out == "PC1,PC2\n,\n");
}

TEST_CASE("apply: of many missing columns the first five are named", "[cli]") {
  const ScratchFolder folder;
  const std::string eight = "a,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,9\n2,1,4,3,6,5,8,7\n1,1,2,2,3,9,4,4\n";
  REQUIRE(run_mathtool({"pca", "--save", folder / "m"}, {.input = eight}).status == 0);
  const Outcome outcome = run_mathtool({"apply", folder / "m"}, {.input = "h\n1\n"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("'a', 'b', 'c', 'd', 'e', and 2 more\n"));
}

TEST_CASE("apply: a model without names is refused with the remedy", "[cli]") {
  const Fitted fitted;
  Json model = Json::parse(fitted.folder.content("m.json"));
  model["variables"] = Json::array();
  const Outcome outcome =
      run_mathtool({"apply", fitted.folder.write("nameless.json", model.dump()), iris});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, ContainsSubstring("names no columns"));
}
