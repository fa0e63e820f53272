#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/networks.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

std::string big_endian(std::uint32_t x) {
  return {static_cast<char>(x >> 24), static_cast<char>(x >> 16), static_cast<char>(x >> 8),
          static_cast<char>(x)};
}

/// An IDX file of unsigned bytes.
std::string idx(const std::vector<std::uint32_t>& shape, const std::string& bytes) {
  std::string file{'\0', '\0', '\x08', static_cast<char>(shape.size())};
  for (const std::uint32_t length : shape) file += big_endian(length);
  return file + bytes;
}

constexpr std::uint32_t pictures = 120;

/// Pictures of 2 x 3: class k lights row k, brighter or darker.
std::string bars() {
  std::string bytes;
  for (std::uint32_t i = 0; i < pictures; ++i)
    for (std::uint32_t row = 0; row < 2; ++row)
      bytes += std::string(3, static_cast<char>(row == i % 2 ? 255 - i : i / 3));
  return idx({pictures, 2, 3}, bytes);
}

std::string bar_labels() {
  std::string bytes;
  for (std::uint32_t i = 0; i < pictures; ++i) bytes += static_cast<char>(i % 2);
  return idx({pictures}, bytes);
}

/// An NPY file of floats.
std::string npy(const std::string& shape, const std::vector<float>& numbers) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
  header += std::string(117 - header.size(), ' ') + "\n";
  std::string file("\x93NUMPY\x01\x00\x76\x00", 10);
  file += header;
  for (const float x : numbers) file.append(reinterpret_cast<const char*>(&x), sizeof x);
  return file;
}

struct Pictures {
  ScratchFolder folder;
  std::string images = folder.write("train-images-idx3-ubyte", bars());
  std::string labels = folder.write("train-labels-idx1-ubyte", bar_labels());
};

}  // namespace

TEST_CASE("nn train: images and labels from IDX files, judged by others", "[cli]") {
  const Pictures given;
  const std::string model = given.folder / "m";
  const Json report =
      networks.report({"train", "--images", given.images, "--labels", given.labels, "--test-images",
                       given.images, "--test-labels", given.labels, "--epochs", "200",
                       "--learning-rate", "0.01", "--save", model});
  const Json& result = report.at("result");
  CHECK(report.at("input").at("rows") == pictures);
  CHECK(result.at("test").at("on") == "test data");
  CHECK(result.at("test").at("accuracy") == 1);
  CHECK(result.at("confusion").at("labels") == Json{"0", "1"});
  CHECK(result.at("layers") == "dense 64, relu, dense 2");

  const Json judged =
      networks.result({"evaluate", model, "--images", given.images, "--labels", given.labels});
  CHECK(judged.at("accuracy") == 1);
  const Json predicted = networks.result({"predict", model, "--images", given.images});
  CHECK(predicted.at("columns") == Json{"predicted", "probability_0", "probability_1"});
  CHECK(predicted.at("rows").size() == pictures);
  CHECK(predicted.at("rows").at(0).at(0) == "0");
  CHECK(predicted.at("rows").at(1).at(0) == "1");
  REQUIRE(
      networks({"predict", model, "--images", given.images, "-o", given.folder / "p.npy"}).status ==
      0);
  const Json described = json_of(run_mathtool({"describe", given.folder / "p.npy", "--json"}));
  CHECK(described.at("input").at("rows") == pictures);
  CHECK_THAT(networks.refusal(2, {"evaluate", model, "--data", iris}),
             ContainsSubstring("--images"));
}

TEST_CASE("nn train: images that lack labels, or are labels, are told", "[cli]") {
  const Pictures given;
  const std::string fewer = given.folder.write("fewer", idx({3}, std::string("\0\1\0", 3)));
  CHECK_THAT(networks.refusal(1, {"train", "--images", given.images, "--labels", fewer}),
             ContainsSubstring("3"));
  CHECK(networks({"train", "--images", given.labels, "--labels", given.images}).status == 1);
  CHECK_THAT(networks.refusal(2, {"train", "--images", given.images, "--labels", given.labels,
                                  "--layers", "flatten, dense 3"}),
             ContainsSubstring("end the layers with 'dense 2'"));
  CHECK_THAT(
      networks.refusal(2, {"train", "--images", given.images, "--labels", given.labels, "-c", "a"}),
      ContainsSubstring("--columns is about tables"));
}

TEST_CASE("nn: numbers that nobody divided by 255 are told beside bytes", "[cli]") {
  const Pictures given;
  const std::string model = given.folder / "m";
  const Outcome trained = networks({"train", "--images", given.images, "--labels", given.labels,
                                    "--epochs", "2", "--save", model});
  REQUIRE(trained.status == 0);
  std::vector<float> numbers;
  for (int i = 0; i < 12; ++i) numbers.push_back(static_cast<float>(20 * i));
  const std::string array = given.folder.write("x.npy", npy("(2, 1, 2, 3)", numbers));
  const Json report = networks.report({"predict", model, "--images", array});
  CHECK_THAT(report.at("notes").dump(), ContainsSubstring("numbers from 0 to 220, taken as they "
                                                          "stand; the bytes of"));
}

TEST_CASE("nn train: one class tells nothing, and one without images is told", "[cli]") {
  const Pictures given;
  const std::string ones = given.folder.write("l1", idx({pictures}, std::string(pictures, '\1')));
  CHECK_THAT(networks.refusal(3, {"train", "--images", given.images, "--labels", ones}),
             ContainsSubstring("all labels are 1"));
  std::string some;
  for (std::uint32_t i = 0; i < pictures; ++i) some += i % 2 == 0 ? '\0' : '\3';
  const Json report =
      networks.report({"train", "--images", given.images, "--labels",
                       given.folder.write("l2", idx({pictures}, some)), "--epochs", "1"});
  CHECK_THAT(report.at("notes").dump(), ContainsSubstring("no observation is of class 1, 2"));
}

TEST_CASE("nn: steps without numbers are read by recurrent layers alone", "[cli]") {
  const ScratchFolder folder;
  std::vector<float> numbers;
  for (int i = 0; i < 80; ++i)
    numbers.push_back(static_cast<float>(i / 4 % 2) + 0.01F * static_cast<float>(i));
  std::vector<float> gap = numbers;
  gap[6] = gap[7] = std::nanf("");
  const std::string whole = folder.write("whole.npy", npy("(20, 2, 2)", numbers));
  const std::string ended = folder.write("ended.npy", npy("(20, 2, 2)", gap));
  std::string bytes;
  for (int i = 0; i < 20; ++i) bytes += static_cast<char>(i % 2);
  const std::string labels = folder.write("labels", idx({20}, bytes)), model = folder / "m";
  const auto training = [&](const std::string& images, const std::string& layers) {
    return std::vector<std::string>{"train", "--images", images, "--labels", labels, "--epochs",
                                    "2",     "--layers", layers, "--save",   model};
  };
  const std::string flat = "flatten, dense 2", message = "observation 2 has steps without numbers";
  REQUIRE(networks(training(whole, flat)).status == 0);
  CHECK_THAT(networks.refusal(1, {"predict", model, "--images", ended}),
             ContainsSubstring(message));
  std::vector<std::string> words = training(ended, flat);
  CHECK_THAT(networks.refusal(1, words), ContainsSubstring(message));
  words.insert(words.end(), {"--folds", "2"});
  CHECK_THAT(networks.refusal(1, words), ContainsSubstring(message));
  CHECK_THAT(networks.refusal(1, {"search", "--images", ended, "--labels", labels, "--layers", flat,
                                  "--grid", "batch=8,16"}),
             ContainsSubstring(message));
  REQUIRE(networks(training(ended, "lstm 3 all, gru 3, dense 2")).status == 0);
  const Json rows = networks.result({"predict", model, "--images", ended}).at("rows");
  REQUIRE(rows.size() == 20);
  CHECK(rows[1][1].is_number());
}

TEST_CASE("nn: symbols that a network does not know are named with their place", "[cli]") {
  const ScratchFolder folder;
  std::vector<float> symbols;
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 3; ++j) symbols.push_back(static_cast<float>((i + j) % 4));
    bytes += static_cast<char>(i % 2);
  }
  const std::string labels = folder.write("labels", idx({20}, bytes)), model = folder / "m";
  const std::string words = folder.write("words.npy", npy("(20, 3)", symbols));
  REQUIRE(networks({"train", "--images", words, "--labels", labels, "--layers",
                    "embedding 3 vocabulary 4, flatten, dense 2", "--epochs", "1", "--save", model})
              .status == 0);
  symbols[7] = 4;
  const std::string more = folder.write("more.npy", npy("(20, 3)", symbols));
  CHECK_THAT(networks.refusal(1, {"predict", model, "--images", more}),
             ContainsSubstring("number 2 of observation 3 is 4; the network takes symbols"));
  symbols[7] = 1.5;
  const std::string part = folder.write("part.npy", npy("(20, 3)", symbols));
  CHECK_THAT(networks.refusal(1, {"predict", model, "--images", part}),
             ContainsSubstring("is 1.5"));
}
