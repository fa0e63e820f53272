#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/digits.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

/// A small convolutional network of the digits in examples/.
struct SmallLenet {
  ScratchFolder folder;
  std::string model = folder / "m";

  SmallLenet() {
    REQUIRE(networks(digits_training({"--layers",
                                      "conv 6 3x3 relu, maxpool 2, conv 4 2x2 relu, dense 10",
                                      "--epochs", "1", "--save", model}))
                .status == 0);
  }
};

}  // namespace

TEST_CASE("nn plot: the filters of a convolution are the weights of the model", "[cli]") {
  const SmallLenet lenet;
  const Json first = networks.result({"plot", lenet.model, "--filters", "1"});
  CHECK(first.at("layer") == "conv 6 3x3");
  CHECK(first.at("number") == 1);
  CHECK(first.at("shape") == Json{6, 1, 3, 3});
  CHECK(first.at("bias").size() == 6);
  REQUIRE(first.at("filters").size() == 6);
  CHECK(first.at("filters").at(5).at(0).at(2).size() == 3);
  const Json third = networks.result({"plot", lenet.model, "--filters", "4"});
  CHECK(third.at("shape") == Json{4, 6, 2, 2});
  CHECK(third.at("filters").at(3).size() == 6);

  const auto csv = lines(networks({"plot", lenet.model, "--filters", "4", "--csv"}).out);
  REQUIRE(csv.size() == 1 + 4 * 6 * 2 * 2);
  CHECK(csv[0] == "filter,channel,row,column,weight");
  CHECK(csv.back().starts_with("4,6,2,2,"));
  const Json& last = third.at("filters").at(3).at(5).at(1).at(1);
  CHECK(std::stof(csv.back().substr(8)) == last.get<float>());
}

TEST_CASE("nn plot: feature maps are what the layers behind get", "[cli]") {
  const SmallLenet lenet;
  const auto maps = [&](const char* layer, const char* image) {
    return networks.report(
        {"plot", lenet.model, "--features", layer, "--images", digit_images, "--image", image});
  };
  const Json report = maps("1", "7");
  CHECK(report.at("input").at("rows") == 1797);
  CHECK(report.at("input").at("used") == 1);
  const Json& before = report.at("result");
  CHECK(before.at("image") == 7);
  CHECK(before.at("shape") == Json{6, 6, 6});
  CHECK(before.at("maps").size() == 6);
  const Json after = maps("2", "7").at("result");
  double least = 1;
  for (std::size_t map = 0; map < 6; ++map)
    for (std::size_t i = 0; i < 6; ++i)
      for (std::size_t j = 0; j < 6; ++j) {
        const double x = before.at("maps").at(map).at(i).at(j);
        least = std::min(least, x);
        CHECK(after.at("maps").at(map).at(i).at(j).get<double>() == std::max(x, 0.0));
      }
  CHECK(least < 0);
  // The first pooled number is the largest of the corner.
  double largest = 0;
  for (const std::size_t i : {0, 1})
    for (const std::size_t j : {0, 1})
      largest = std::max(largest, after.at("maps").at(0).at(i).at(j).get<double>());
  const Json pooled = maps("3", "7").at("result");
  CHECK(pooled.at("shape") == Json{6, 3, 3});
  CHECK(pooled.at("maps").at(0).at(0).at(0).get<double>() == largest);
  CHECK(maps("6", "7").at("result").at("maps").at(0).at(0).size() == 10);  // the logits
  CHECK(maps("1", "8").at("result") != before);
}

TEST_CASE("nn plot: draws in the terminal and to files", "[cli]") {
  const SmallLenet lenet;
  const Outcome drawn = networks({"plot", lenet.model, "--filters", "1"});
  CHECK(drawn.status == 0);
  CHECK_THAT(drawn.out, ContainsSubstring("filters of layer 1 (conv 6 3x3)"));
  CHECK_THAT(drawn.out, ContainsSubstring("filter 1 to 6, 3 in a row"));
  CHECK_THAT(networks({"plot", lenet.model, "--filters", "4"}).out,
             ContainsSubstring("a row for each filter, a column for each channel"));
  const std::string picture = lenet.folder / "maps.svg";
  const Outcome saved =
      networks({"plot", lenet.model, "--features", "1", "--images", digit_images, "-o", picture});
  CHECK(saved.status == 0);
  CHECK_THAT(saved.out, ContainsSubstring("image 1 behind layer 1 (conv 6 3x3)"));
  CHECK_THAT(lenet.folder.content("maps.svg"), ContainsSubstring("<svg"));
}

TEST_CASE("nn plot: what there is not to be seen is told", "[cli]") {
  const SmallLenet lenet;
  CHECK_THAT(networks.refusal(2, {"plot", lenet.model}), ContainsSubstring("say what to look at"));
  CHECK_THAT(networks.refusal(2, {"plot", lenet.model, "--filters", "2"}),
             ContainsSubstring("layer 2 (relu) is no convolution; there are 1 (conv 6 3x3), 4 "
                               "(conv 4 2x2)"));
  CHECK_THAT(networks.refusal(2, {"plot", lenet.model, "--filters", "9"}),
             ContainsSubstring("layer 9 of 6 is no convolution"));
  CHECK(networks({"plot", lenet.model, "--filters", "0"}).status == 2);
  CHECK_THAT(networks.refusal(2, {"plot", lenet.model, "--features", "1"}),
             ContainsSubstring("--images"));
  CHECK_THAT(networks.refusal(2, {"plot", lenet.model, "--filters", "1", "--image", "3"}),
             ContainsSubstring("--image goes with"));
  CHECK_THAT(
      networks.refusal(2, {"plot", lenet.model, "--features", "7", "--images", digit_images}),
      ContainsSubstring("there is no layer 7; there are 6"));
  CHECK_THAT(networks.refusal(2, {"plot", lenet.model, "--features", "1", "--images", digit_images,
                                  "--image", "1798"}),
             ContainsSubstring("holds 1797 images"));
  CHECK_THAT(
      networks.refusal(1, {"plot", lenet.model, "--features", "1", "--images", digit_labels}),
      ContainsSubstring("labels"));
  CHECK(networks({"plot", digit_images, "--filters", "1"}).status == 1);
  const ScratchFolder folder;
  REQUIRE(networks(iris_training({"--epochs", "1", "--save", folder / "iris"})).status == 0);
  CHECK_THAT(networks.refusal(2, {"plot", folder / "iris", "--filters", "1"}),
             ContainsSubstring("the network has none"));
  CHECK_THAT(
      networks.refusal(1, {"plot", folder / "iris", "--features", "1", "--images", digit_images}),
      ContainsSubstring("observations of (1, 8, 8)"));
}
