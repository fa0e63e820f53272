#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/networks.hpp"
#include "mathtool/nn/layers/all.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

/// A network of iris, trained well enough.
std::string saved_iris(const ScratchFolder& folder) {
  const std::string path = folder / "iris.model";
  REQUIRE(networks(iris_training({"--epochs", "60", "--learning-rate", "0.01", "--save", path}))
              .status == 0);
  return path;
}

}  // namespace

TEST_CASE("nn evaluate: the figures are those of score on the predictions", "[cli]") {
  const ScratchFolder folder;
  const std::string model = saved_iris(folder);
  const Json result = networks.result({"evaluate", model, "--data", iris});
  CHECK(result.at("accuracy").get<double>() >= 0.95);
  CHECK(result.at("loss").get<double>() > 0);
  const Outcome predicted =
      networks({"predict", model, "--data", iris, "--csv", "-o", folder / "p.csv"});
  REQUIRE(predicted.status == 0);
  const Json scored = json_of(run_mathtool(
      {"score", folder / "p.csv", "--truth", "Species", "--predicted", "predicted", "--json"}));
  for (const char* key : {"confusion", "classes", "accuracy", "precision", "recall", "f1"})
    CHECK(result.at(key) == scored.at("result").at(key));
}

TEST_CASE("nn predict and apply: one row each, with probabilities that sum to 1", "[cli]") {
  const ScratchFolder folder;
  const std::string model = saved_iris(folder);
  const Json result = networks.result({"predict", model, "--data", iris});
  CHECK(result.at("columns") == Json{"Species", "predicted", "probability_setosa",
                                     "probability_versicolor", "probability_virginica"});
  REQUIRE(result.at("rows").size() == 150);
  for (const Json& row : result.at("rows")) {
    const std::vector<double> p{row.at(2), row.at(3), row.at(4)};
    CHECK(p[0] + p[1] + p[2] == Approx(1));
    const auto likeliest = static_cast<std::size_t>(std::ranges::max_element(p) - p.begin());
    CHECK(row.at(1) == std::vector<std::string>{"setosa", "versicolor", "virginica"}[likeliest]);
  }
  const Json applied = json_of(run_mathtool({"apply", model, iris, "--json"}));
  CHECK(applied.at("command") == "apply");
  CHECK(applied.at("result") == result);
}

TEST_CASE("apply: a row without a value, or of an unseen level, has no prediction of a network",
          "[cli]") {
  const ScratchFolder folder;
  std::string table = "color,size,kind\n";
  for (int i = 0; i < 40; ++i)
    table +=
        std::string(i % 2 ? "red," : "blue,") + std::to_string(i) + (i % 2 ? ",yes\n" : ",no\n");
  const std::string model = folder / "m";
  REQUIRE(networks(training({"--epochs", "5", "--save", model}), table).status == 0);
  const Outcome outcome = run_mathtool({"apply", model, "-", "--csv"},
                                       {.input = "size,color\n1,red\n,red\n1,green\n2,blue\n"});
  CHECK(outcome.status == 0);
  const std::vector<std::string> rows = lines(outcome.out);
  REQUIRE(rows.size() == 5);
  CHECK(rows[0] == "color,predicted,probability_no,probability_yes");
  CHECK(rows[2] == "red,,,");
  CHECK(rows[3] == "green,,,");
  CHECK_THAT(outcome.err, ContainsSubstring("2 of 4 rows have no prediction"));
  const Outcome lacking = run_mathtool({"apply", model, "-"}, {.input = "size,colour\n1,red\n"});
  CHECK(lacking.status == 2);
  CHECK_THAT(lacking.err, ContainsSubstring("'color' (did you mean 'colour'?)"));
}

TEST_CASE("nn predict: numbers come back in their own units, also as an array", "[cli]") {
  const ScratchFolder folder;
  std::string table = "x,y\n";
  for (int i = 0; i < 150; ++i)
    table += std::to_string(i) + "," + std::to_string(100 + 2 * i) + "\n";
  const std::string model = folder / "m";
  REQUIRE(networks({"train", "--data", "-", "--target", "y", "--layers", "dense 1",
                    "--learning-rate", "0.05", "--epochs", "80", "--save", model},
                   table)
              .status == 0);
  const Json result = networks.result({"predict", model, "--data", "-"}, "x\n10\n100\n");
  CHECK(result.at("columns") == Json{"predicted"});
  CHECK(result.at("rows").at(0).at(0).get<double>() == Approx(120).margin(2));
  CHECK(result.at("rows").at(1).at(0).get<double>() == Approx(300).margin(2));
}

TEST_CASE("nn summary: shapes, parameters and multiplications of each layer", "[cli]") {
  const Json result =
      networks.result({"summary", "--layers", "dense 512 relu, dense 10", "--input", "784"});
  // 784 · 512 + 512 and 512 · 10 + 10.
  CHECK(result.at("parameters") == 401920 + 5130);
  CHECK(result.at("multiplications") == 784 * 512 + 512 * 10);
  CHECK(result.at("layers").at(0).at("output") == Json{512});
  CHECK(result.at("layers").at(0).at("parameters") == 401920);
  CHECK(result.at("layers").at(1).at("parameters") == 0);
  CHECK(result.at("layers").at(2).at("parameters") == 5130);
  CHECK(result.at("parameter_bytes") == 4 * (401920 + 5130));
  CHECK_THAT(networks.refusal(2, {"summary", "--layers", "dense 3"}), ContainsSubstring("--input"));
  CHECK_THAT(networks.refusal(2, {"summary", "--layers", "dense 3", "--input", "3y3"}),
             ContainsSubstring("784 or 1x28x28"));
}

TEST_CASE("nn summary: the help names every layer there is", "[cli]") {
  const std::string page = networks({"summary", "--help"}).out;
  for (const auto& kind : mathtool::nn::layer_kinds())
    CHECK_THAT(page, ContainsSubstring(std::string(kind.name)));
}

TEST_CASE("nn check: the gradients of a saved network are those of differences", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m";
  REQUIRE(networks(iris_training({"--layers", "dense 6 tanh, dropout 0.2, dense 3", "--epochs", "1",
                                  "--save", model}))
              .status == 0);
  for (const std::vector<std::string>& data :
       {std::vector<std::string>{}, std::vector<std::string>{"--data", iris}}) {
    std::vector<std::string> words{"check", model};
    words.insert(words.end(), data.begin(), data.end());
    const Json report = networks.report(words);
    CHECK(report.at("status") == "converged");
    CHECK(report.at("result").at("largest_error").get<double>() < 1e-7);
    CHECK(report.at("result").at("rows").size() == 5);  // two weights, two biases, the input
  }
}

TEST_CASE("nn: a model of another command is told apart", "[cli]") {
  const ScratchFolder folder;
  REQUIRE(Command{"pca"}({iris, "--save", folder / "p"}).status == 0);
  CHECK_THAT(networks.refusal(1, {"summary", folder / "p"}),
             ContainsSubstring("'mathtool apply' takes those"));
}

TEST_CASE("nn search: every combination is tried, the best first", "[cli]") {
  const Json result = networks.result({"search", "--data", iris, "--target", "Species", "--epochs",
                                       "10", "--grid", "learning-rate=1e-6,1e-2;batch=16,32"});
  REQUIRE(result.at("trials").size() == 4);
  CHECK(result.at("best") == result.at("trials").at(0));
  CHECK(result.at("best").at("settings").at("learning-rate") == "1e-2");
  for (std::size_t i = 1; i < 4; ++i)
    CHECK(result.at("trials").at(i - 1).at("loss") <= result.at("trials").at(i).at("loss"));
}

TEST_CASE("nn search: random trials are the same for the same seed", "[cli]") {
  const std::vector<std::string> words{"search",  "--data",   iris, "--target",
                                       "Species", "--epochs", "2",  "--random",
                                       "3",       "--seed",   "5"};
  const Json first = networks.result(words);
  CHECK(first.at("trials").size() == 3);
  CHECK(first == networks.result(words));
}

TEST_CASE("nn search: what cannot be compared or understood is refused", "[cli]") {
  const auto refused = [](const std::string& grid) {
    return networks.refusal(2, {"search", "--data", iris, "--target", "Species", "--grid", grid});
  };
  CHECK_THAT(refused("loss=cross_entropy,bce"), ContainsSubstring("cannot be compared"));
  CHECK_THAT(refused("validation=0.1,0.5"), ContainsSubstring("cannot be compared"));
  CHECK_THAT(refused("learnig-rate=1,2"), ContainsSubstring("did you mean 'learning-rate'"));
  CHECK_THAT(refused("batch"), ContainsSubstring("--grid"));
  CHECK_THAT(networks.refusal(2, {"search", "--data", iris, "--target", "Species"}),
             ContainsSubstring("--grid"));
}

TEST_CASE("nn train: a model that cannot be written leaves nothing printed", "[cli]") {
  const Outcome outcome = networks(iris_training({"--epochs", "1", "--save", "/dev/full"}));
  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("cannot write '/dev/full'"));
}
