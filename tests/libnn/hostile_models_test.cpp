#include <cmath>
#include <cstring>

#include "mathtool/math/error.hpp"
#include "model_bytes.hpp"
#include "saved_models.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using nn::Model;
using test::flower_model;
using test::load;
using test::model_with_checkpoint;
using test::ModelBytes;
using test::save;

namespace {

/// What is wrong with the flower model's file after a change, in words.
template <class Change>
std::string complaint(Change&& change) {
  ModelBytes file = ModelBytes::parse(save(flower_model()));
  change(file);
  try {
    load(file.bytes());
  } catch (const DataError& error) { return error.what(); }
  return "nothing is wrong";
}

template <class Change>
std::string model_complaint(Change&& change) {
  return complaint([&](ModelBytes& file) { file.change_model(change); });
}

}  // namespace

TEST_CASE("model file: cut short anywhere it is an error", "[nn][model]") {
  const std::string bytes = save(flower_model());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_THROWS_AS(load(bytes.substr(0, size)), DataError);
  CHECK_THROWS_AS(load(bytes + " "), DataError);
}

TEST_CASE("model file: no flipped bit goes unnoticed", "[nn][model]") {
  const Model small{.network = nn::Sequential<float>({1}, nn::parse_layers("dense 1"), 1)};
  const std::string bytes = save(small);
  std::size_t unnoticed = 0;
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    try {
      load(flipped);
      ++unnoticed;
    } catch (const DataError&) {}
  }
  CHECK(unnoticed == 0);
}

TEST_CASE("model file: headers that lie are refused before they cost anything", "[nn][model]") {
  const auto header = [](std::string_view text, std::uint64_t more = 0) {
    return ModelBytes::with_header(text, "", more);
  };
  CHECK_THROWS_WITH(load(""), "m.model: 0 bytes are no model");
  CHECK_THROWS_WITH(load(header("{}", std::uint64_t{1} << 63)),
                    ContainsSubstring("announce a header of 9223372036854775810 bytes"));
  CHECK_THROWS_AS(load(header("{}", 99'000'000)), DataError);
  CHECK_THROWS_WITH(load("height,width\n1,2\n"), ContainsSubstring("is no model"));
  CHECK_THROWS_AS(load(header("[]")), DataError);
  CHECK_THROWS_AS(load(header("{")), DataError);
  CHECK_THROWS_WITH(load(header("{}")), ContainsSubstring("is a safetensors file, but no model"));
  std::string deep = R"({"a":)";
  deep.append(100'000, '[');
  CHECK_THROWS_AS(load(header(deep)), DataError);
  deep.append(100'000, ']');
  CHECK_THROWS_WITH(load(header(deep + "}")), ContainsSubstring("JSON that nests more than"));
  CHECK_THROWS_WITH(
      load(header(
          R"({"w":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}})")),
      ContainsSubstring("the file ends 4398046511104 bytes before its tensors do"));
  CHECK_THROWS_WITH(
      load(header(R"({"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})")),
      ContainsSubstring("tensor 'w': a shape that no tensor can have"));
}

TEST_CASE("model file: tensors that do not stand one behind the other are refused", "[nn][model]") {
  const auto place = [](const char* name, Index begin, Index end) {
    return complaint([&](ModelBytes& file) {
      file.header.at(name)["data_offsets"] = {begin, end};
    });
  };
  CHECK_THAT(place("0.bias", 76, 92), ContainsSubstring("begins at byte 76 within another"));
  CHECK_THAT(place("2.bias", 148, 160), ContainsSubstring("begins at byte 148 behind a gap"));
  CHECK_THAT(place("2.bias", 160, 144), ContainsSubstring("is no range"));
  CHECK_THAT(place("2.bias", 144, 152), ContainsSubstring("takes 12 bytes, not 8"));
  CHECK_THAT(complaint([](ModelBytes& file) { file.header.at("2.bias")["dtype"] = "F33"; }),
             ContainsSubstring("tensor '2.bias': there is no type 'F33'"));
  CHECK_THAT(complaint([](ModelBytes& file) { file.header.at("2.bias")["dtype"] = "I32"; }),
             ContainsSubstring("'2.bias' is I32 of shape (3,), where the layers need F32"));
}

TEST_CASE("model file: tensors that do not fit the layers are refused", "[nn][model]") {
  CHECK_THAT(complaint([](ModelBytes& file) {
               file.header.at("2.weight")["shape"] = {3, 4};
             }),
             ContainsSubstring("'2.weight' is F32 of shape (3, 4), where the layers need F32 of "
                               "shape (4, 3)"));
  CHECK_THAT(complaint([](ModelBytes& file) {
               file.header["2.Bias"] = file.header.at("2.bias");
               file.header.erase("2.bias");
             }),
             ContainsSubstring("tensor '2.Bias' belongs to none of its layers"));
  CHECK_THAT(model_complaint([](test::Json& model) {
               model["layers"] = {"dense 4", "relu", "dense 3", "dense 3"};
             }),
             ContainsSubstring("there is no tensor '3.weight', which its layers need"));
  CHECK_THAT(model_complaint([](test::Json& model) {
               model["layers"] = {"dense 1000000", "dense 1000000000"};
             }),
             ContainsSubstring("m.model: model: layer 2 (dense 1000000000)"));
  CHECK_THAT(
      model_complaint([](test::Json& model) { model["layers"] = {"dense 4611686018427387904"}; }),
      ContainsSubstring("m.model: model: layers 'dense 4611686018427387904'"));
  CHECK_THAT(model_complaint([](test::Json& model) { model["input"] = {1073741824}; }),
             ContainsSubstring("'0.weight' is F32 of shape (5, 4), where the layers need"));
}

TEST_CASE("model file: weights that are not finite are named", "[nn][model]") {
  CHECK_THAT(complaint([](ModelBytes& file) {
               const float nan = std::nanf("");
               std::memcpy(file.tensors.data() + 4 * 25, &nan, 4);
             }),
             ContainsSubstring("tensor '2.weight': number 2 of 12 is nan"));
}

TEST_CASE("model file: what was changed since is refused, and so is a version to come",
          "[nn][model]") {
  std::string bytes = save(flower_model());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  CHECK_THROWS_WITH(load(bytes), ContainsSubstring("the checksum is not that of the file"));
  CHECK_THAT(complaint([](ModelBytes& file) { file.metadata()["format_version"] = "2.0"; }),
             ContainsSubstring("has format version 2.0; this program reads 1.x"));
  CHECK_THAT(complaint([](ModelBytes& file) { file.metadata()["format_version"] = "1.9"; }),
             ContainsSubstring("nothing is wrong"));
  CHECK_THAT(complaint([](ModelBytes& file) { file.metadata()["format"] = "pt"; }),
             ContainsSubstring("is a safetensors file of format 'pt', no model of this program"));
  CHECK_THAT(complaint([](ModelBytes& file) { file.metadata().erase("model"); }),
             ContainsSubstring("its metadata have no 'model'"));
}

TEST_CASE("model file: a topology that makes no sense is refused with its place", "[nn][model]") {
  using Json = test::Json;
  const auto with = [](const char* field, Json value) {
    return model_complaint([&](Json& model) { model[field] = value; });
  };
  CHECK_THAT(with("layers", {"dense 4", "rellu"}),
             ContainsSubstring("m.model: model: ") && ContainsSubstring("rellu"));
  CHECK_THAT(with("layers", Json::array()), ContainsSubstring("'layers' is empty"));
  CHECK_THAT(with("layers", 7), ContainsSubstring("field 'layers' is not a list"));
  CHECK_THAT(with("layers", {7}), ContainsSubstring("field 'layers' is not a list of texts"));
  CHECK_THAT(with("input", Json::array()), ContainsSubstring("there is no field 'input'"));
  CHECK_THAT(with("input", {-5}), ContainsSubstring("field 'input' is not a list of lengths"));
  CHECK_THAT(with("input", {18446744073709551615U}), ContainsSubstring("not a list of lengths"));
  CHECK_THAT(with("loss", "msee"), ContainsSubstring("msee"));
  CHECK_THAT(with("classes", {"a", "b"}), ContainsSubstring("2 classes for outputs of shape (3,)"));
  CHECK_THAT(with("classes", {"a", "b", "a"}), ContainsSubstring("class 'a' is there twice"));
  CHECK_THAT(with("target_scale", 0), ContainsSubstring("'target_scale' is not > 0"));
  CHECK_THAT(with("target_center", "inf"), ContainsSubstring("is not a finite number"));
  CHECK_THAT(with("columns", {{{"name", "x"}, {"center", 0}, {"scale", 1}}}),
             ContainsSubstring("columns that make 1 features for a network of 5 inputs"));
  CHECK_THAT(with("columns", {{{"name", "x"}, {"center", 0}, {"scale", -1}}}),
             ContainsSubstring("field 'columns': field 'scale' is negative"));
  CHECK_THAT(with("columns", {{{"center", 0}}}), ContainsSubstring("there is no field 'name'"));
  CHECK_THAT(with("training", {{"epochs", 5}}), ContainsSubstring("'epochs' is not a text"));
  CHECK_THAT(model_complaint([](Json& model) { model.erase("target"); }),
             ContainsSubstring("there is no field 'target'"));
  CHECK_THAT(model_complaint([](Json& model) { model["of a version to come"] = 1; }),
             ContainsSubstring("nothing is wrong"));
}

TEST_CASE("model file: a checkpoint that does not fit is refused", "[nn][model]") {
  const std::string bytes = save(model_with_checkpoint());
  const auto checkpoint_complaint = [&](auto&& change) -> std::string {
    ModelBytes file = ModelBytes::parse(bytes);
    test::Json json = test::Json::parse(file.metadata().at("checkpoint").get<std::string>());
    change(json);
    file.metadata()["checkpoint"] = json.dump();
    try {
      load(file.bytes());
    } catch (const DataError& error) { return error.what(); }
    return "nothing is wrong";
  };
  CHECK(checkpoint_complaint([](test::Json&) {}) == "nothing is wrong");
  CHECK_THAT(checkpoint_complaint([](test::Json& json) { json["epochs"] = -1; }),
             ContainsSubstring("checkpoint: field 'epochs' is -1, below 0"));
  CHECK_THAT(checkpoint_complaint([](test::Json& json) { json["steps"] = 0.5; }),
             ContainsSubstring("field 'steps' is not a whole number"));
  CHECK_THAT(checkpoint_complaint([](test::Json& json) { json["rule"]["vectors"] = 3; }),
             ContainsSubstring("checkpoint: rule: vector 3 of 3 is missing"));
  CHECK_THAT(checkpoint_complaint([](test::Json& json) { json["rule"]["vectors"] = 1 << 30; }),
             ContainsSubstring("no rule has 1073741824 vectors"));
  CHECK_THAT(checkpoint_complaint([](test::Json& json) { json["schedule"] = 1; }),
             ContainsSubstring("schedule: something that is no JSON object"));
}

TEST_CASE("model file: classes that the outputs do not tell apart are refused", "[nn][model]") {
  for (const char* loss : {"mse", "bce"}) {
    INFO(loss);
    CHECK_THAT(model_complaint([&](test::Json& model) { model["loss"] = loss; }),
               ContainsSubstring("3 classes for outputs of shape (3,)"));
  }
}
