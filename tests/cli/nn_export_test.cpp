#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/networks.hpp"
#include "libnn/onnx_file.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

std::string saved_flowers(const ScratchFolder& folder) {
  const std::string path = folder / "iris.model";
  REQUIRE(networks(iris_training({"--epochs", "2", "--save", path})).status == 0);
  return path;
}

}  // namespace

TEST_CASE("nn export: the file holds the network, the report says what goes in and out", "[cli]") {
  const ScratchFolder folder;
  const std::string model = saved_flowers(folder);
  const Outcome outcome = networks({"export", model, folder / "iris.onnx", "--json"});
  REQUIRE(outcome.status == 0);
  const Json report = json_of(outcome);
  CHECK(report.at("command") == "nn export");
  const Json& result = report.at("result");
  CHECK(result.at("input") == Json{{"name", "input"}, {"type", "float"}, {"shape", "batchx4"}});
  CHECK(result.at("output") ==
        Json{{"name", "probabilities"}, {"type", "float"}, {"shape", "batchx3"}});
  CHECK(result.at("parameters") == 4 * 64 + 64 + 64 * 3 + 3);
  const OnnxFile file(folder.content("iris.onnx"));
  CHECK(result.at("operations") == file.operations.size());
  CHECK(Json::parse(file.metadata.at("classes")) == Json{"setosa", "versicolor", "virginica"});
  CHECK(file.input.batch == "batch");

  REQUIRE(networks({"export", model, folder / "l.onnx", "--logits", "--batch", "5"}).status == 0);
  const OnnxFile logits(folder.content("l.onnx"));
  CHECK(logits.output.name == "logits");
  CHECK(logits.input.shape == std::vector<std::int64_t>{5, 4});
  CHECK(networks({"export", model, folder / "again.onnx"}).status == 0);
  CHECK(folder.content("again.onnx") == folder.content("iris.onnx"));
}

TEST_CASE("nn export: hostile names and settings", "[cli]") {
  const ScratchFolder folder;
  const std::string model = saved_flowers(folder);
  const std::string bytes = folder.content("iris.model");
  CHECK_THAT(networks.refusal(2, {"export", model}), ContainsSubstring("FILE.onnx"));
  CHECK_THAT(networks.refusal(2, {"export", model, ""}), ContainsSubstring("name the file"));
  CHECK_THAT(networks.refusal(2, {"export", model, "-"}), ContainsSubstring("name a file"));
  CHECK_THAT(networks.refusal(2, {"export", model, model}), ContainsSubstring("the model itself"));
  CHECK_THAT(networks.refusal(2, {"export", model, folder / "m.onnx", "--batch", "0"}),
             ContainsSubstring("--batch"));
  CHECK_THAT(networks.refusal(1, {"export", model, folder / "none" + "/m.onnx"}),
             ContainsSubstring("m.onnx"));
  CHECK_THAT(networks.refusal(1, {"export", folder / "none.model", folder / "m.onnx"}),
             ContainsSubstring("none.model"));
  CHECK_THAT(networks.refusal(1, {"export", iris, folder / "m.onnx"}),
             ContainsSubstring("iris.csv"));
  CHECK(folder.content("iris.model") == bytes);
  CHECK(folder.content("m.onnx").empty());
}
