#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/digits.hpp"
#include "mathtool/nn/model_file.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const std::string layers_of_five = "conv 6 3x3 relu, maxpool 2, dense 24 relu, dense 5";

/// A network that knows 0 to 4.
std::string saved_low_digits(const ScratchFolder& folder) {
  const std::string path = folder / "low.model";
  REQUIRE(networks(digits_training({"--classes", "0-4", "--layers", layers_of_five, "--epochs", "6",
                                    "--learning-rate", "0.005", "--save", path}))
              .status == 0);
  return path;
}

mathtool::nn::Model model_at(const std::string& path) { return mathtool::nn::read_model(path); }

}  // namespace

TEST_CASE("nn train --from: new classes on layers that stay as they are", "[cli]") {
  const ScratchFolder folder;
  const std::string low = saved_low_digits(folder), high = folder / "high.model";
  const Outcome outcome =
      networks(digits_training({"--classes", "5-9", "--from", low, "--freeze", "1-3", "--epochs",
                                "12", "--learning-rate", "0.005", "--save", high, "--json"}));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const Json report = json_of(outcome);
  CHECK(report.at("result").at("test").at("accuracy").get<double>() >= 0.9);
  CHECK(report.at("notes").dump().find("5 of 6 layers begin as in") != std::string::npos);
  const auto before = model_at(low), after = model_at(high);
  CHECK(after.classes == std::vector<std::string>{"5", "6", "7", "8", "9"});
  CHECK(after.network.architecture().layers() == before.network.architecture().layers());
  const mathtool::Index frozen = 6 * 9 + 6;
  CHECK(after.network.parameters().head(frozen) == before.network.parameters().head(frozen));
  CHECK(after.network.parameters() != before.network.parameters());

  const Json judged = networks.result(
      {"evaluate", high, "--images", digit_images, "--labels", digit_labels, "--classes", "5-9"});
  CHECK(judged.at("accuracy").get<double>() >= 0.9);
}

TEST_CASE("nn evaluate: labels mean the classes of those names, of a model of some", "[cli]") {
  const ScratchFolder folder;
  const std::string high = folder / "high.model";
  const Outcome outcome =
      networks(digits_training({"--classes", "5-9", "--epochs", "12", "--save", high, "--json"}));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  // All ten digits: those of no class of the model are no 0 to 4 of its places.
  CHECK_THAT(
      networks.refusal(1, {"evaluate", high, "--images", digit_images, "--labels", digit_labels}),
      ContainsSubstring("none of the 5 classes: 5, 6, 7, 8, 9"));
}

TEST_CASE("nn train --from: the same task goes on with its head, and can be resumed", "[cli]") {
  const ScratchFolder folder;
  const std::string low = saved_low_digits(folder);
  const auto trained = [&](const std::string& name, const std::vector<std::string>& more) {
    std::vector<std::string> words =
        digits_training({"--classes", "0-4", "--save", folder / name, "--json"});
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = networks(words);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return json_of(outcome);
  };
  const Json none = trained("same", {"--from", low, "--epochs", "0"});
  CHECK(none.at("notes").dump().find("all 6 layers") != std::string::npos);
  CHECK(model_at(folder / "same").network.parameters() == model_at(low).network.parameters());

  trained("whole", {"--from", low, "--epochs", "3"});
  trained("half", {"--from", low, "--epochs", "1"});
  trained("half", {"--resume", folder / "half", "--epochs", "3"});
  CHECK(folder.content("half") == folder.content("whole"));
}

TEST_CASE("nn train --from: columns of a table are taken as the network learnt them", "[cli]") {
  const ScratchFolder folder;
  const std::string first = folder / "first.model", second = folder / "second.model";
  REQUIRE(networks(iris_training({"--epochs", "5", "--save", first})).status == 0);
  const Outcome outcome = networks(iris_training(
      {"--where", "`Petal.Length` > 2", "--from", first, "--epochs", "5", "--save", second}));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(model_at(second).columns == model_at(first).columns);
  CHECK(model_at(second).classes == std::vector<std::string>{"versicolor", "virginica"});
}

TEST_CASE("nn train --from, --classes: what cannot be is refused", "[cli]") {
  const ScratchFolder folder;
  const std::string low = saved_low_digits(folder);
  CHECK_THAT(networks.refusal(1, iris_training({"--from", low})),
             ContainsSubstring("trained on images"));
  CHECK_THAT(networks.refusal(1, digits_training({"--from", folder / "none"})),
             ContainsSubstring("none"));
  CHECK_THAT(networks.refusal(2, digits_training({"--from", low, "--layers", "dense 5, dense 10"})),
             ContainsSubstring("none of the first ones"));
  CHECK_THAT(networks.refusal(2, digits_training({"--classes", "3,12"})),
             ContainsSubstring("'12'"));
  CHECK_THAT(networks.refusal(2, digits_training({"--classes", "3,3"})),
             ContainsSubstring("twice"));
  CHECK_THAT(networks.refusal(2, digits_training({"--classes", "9-5"})),
             ContainsSubstring("empty range"));
  CHECK_THAT(networks.refusal(2, iris_training({"--classes", "setosa"})),
             ContainsSubstring("--where"));
  CHECK_THAT(networks.refusal(1, {"evaluate", low, "--images", digit_images, "--labels",
                                  digit_labels, "--classes", "5-9"}),
             ContainsSubstring("--classes"));
}
