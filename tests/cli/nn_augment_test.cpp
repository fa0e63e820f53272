#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/digits.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const std::string convolutional = "conv 8 3x3 pad same relu, maxpool 2, conv 16 3x3 relu, dense 10";

}  // namespace

TEST_CASE("nn train: a convolutional network of images works out of the box", "[cli]") {
  const Json result =
      networks.result(digits_training({"--layers", convolutional, "--epochs", "30"}));
  CHECK(result.at("test").at("on") == "validation part");
  CHECK(result.at("test").at("accuracy").get<double>() >= 0.9);
}

TEST_CASE("nn train: --augment varies what is learnt from, the same for any -j, and is resumed",
          "[cli]") {
  const ScratchFolder folder;
  const auto trained = [&](const std::string& name, const std::string& epochs,
                           const std::vector<std::string>& more) {
    std::vector<std::string> words = digits_training(
        {"--layers", convolutional, "--epochs", epochs, "--save", folder / name, "--json"});
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = networks(words);
    REQUIRE(outcome.status == 0);
    return outcome.out;
  };
  const std::string list = "shift:1, noise:0.05, colour:0.1";
  const std::string one = trained("one", "3", {"--augment", list, "-j1"});
  CHECK(trained("two", "3", {"--augment", list, "-j2"}) == one);
  CHECK((folder.content("two") == folder.content("one")));
  CHECK(trained("plain", "3", {}) != one);
  // A model keeps what it was trained by.
  trained("half", "2", {"--augment", list});
  trained("half", "3", {"--resume", folder / "half"});
  CHECK((folder.content("half") == folder.content("one")));
  CHECK(json_of(networks({"summary", folder / "one", "--json"}))
            .at("result")
            .at("training")
            .at("augment") == list);
}

TEST_CASE("nn train: an augmentation that cannot be is refused", "[cli]") {
  const auto refusal = [](const std::string& list) {
    return networks.refusal(2, digits_training({"--epochs", "1", "--augment", list}));
  };
  CHECK_THAT(refusal("shfit:2"),
             ContainsSubstring("--augment: augmentation 'shfit:2': there are") &&
                 ContainsSubstring("did you mean 'shift'?"));
  CHECK_THAT(refusal("shift:-1"), ContainsSubstring("expected shift:PIXELS"));
  CHECK_THAT(refusal("noise:nan"), ContainsSubstring("expected noise:SD"));
  CHECK_THAT(refusal("flip,,"), ContainsSubstring("augmentation ''"));
  CHECK_THAT(refusal("shift:8"), ContainsSubstring("shift must be in [0, 7] for images of 8 x 8"));
  CHECK_THAT(networks.refusal(2, iris_training({"--epochs", "1", "--augment", "flip"})),
             ContainsSubstring("--augment is of images"));
}

TEST_CASE("nn: layers that no image fits into are told with its shape", "[cli]") {
  const auto refusal = [](const std::string& layers) {
    return networks.refusal(2, digits_training({"--epochs", "1", "--layers", layers}));
  };
  CHECK_THAT(refusal("conv 8 9x9, dense 10"),
             ContainsSubstring("layer 1 (conv 8 9x9): expects images of height 9 or more, got (1, "
                               "8, 8) from the input"));
  CHECK_THAT(refusal("maxpool 2, maxpool 2, maxpool 2, maxpool 2, dense 10"),
             ContainsSubstring("layer 4 (maxpool 2): expects"));
  CHECK_THAT(refusal("conv 8 3x3 stride 0, dense 10"), ContainsSubstring("'0' behind 'conv'"));
  CHECK_THAT(refusal("conv 8 3, dense 10x"), ContainsSubstring("behind 'dense'"));
  CHECK_THAT(refusal("dense 4, conv 8 3x3, dense 10"), ContainsSubstring("from layer 1 (dense 4)"));
  CHECK_THAT(networks.refusal(2, iris_training({"--layers", "conv 8 3x3, dense 3"})),
             ContainsSubstring("expects (channels, height, width)"));
  CHECK(networks(digits_training({"--epochs", "1", "--layers", "conv 4 3x3 pad 1000000, dense 10"}))
            .status == 2);
}

TEST_CASE("nn: a header that claims a gigabyte costs none", "[cli]") {
  const ScratchFolder folder;
  const std::string huge =
      folder.write("huge", std::string("\0\0\x08\x03\0\x10\0\0\0\0\0\x20\0\0\0\x20", 16) + "abc");
  CHECK_THAT(networks.refusal(1, {"train", "--images", huge, "--labels", digit_labels}),
             ContainsSubstring("huge"));
  CHECK_THAT(networks.refusal(1, digits_training({"--test-images", huge, "--test-labels",
                                                  digit_labels, "--epochs", "1"})),
             ContainsSubstring("huge"));
}
