#include "mathtool/nn/model_file.hpp"

#include <cmath>
#include <limits>

#include "mathtool/data/output_file.hpp"
#include "mathtool/math/error.hpp"
#include "model_bytes.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using nn::Batch;
using nn::Model;
using nn::Sequential;
using test::ModelBytes;
using test::ScratchFolder;

namespace {

std::string save(const Model& model) {
  const ScratchFolder folder;
  data::OutputFile file(folder / "m");
  nn::write_model(model, file);
  file.commit();
  return folder.content("m");
}

Model load(const std::string& bytes) {
  return nn::read_model(data::Input::from_text(bytes, "m.model"));
}

/// Numbers whose shortest decimals are long, or which a decimal could lose.
constexpr double awkward[] = {0.1 + 0.2, 1.0 / 3, 5e-324, 1.7976931348623157e308, -0.0};

Model flower_model() {
  return {.network = Sequential<float>({5}, nn::parse_layers("dense 4 relu, dense 3"), 7),
          .loss = nn::CrossEntropy{.label_smoothing = 0.1, .class_weights = {1, 1.0 / 3, 2}},
          .classes = {"setosa", "versicolor", "Blüte, \"rot\""},
          .target = "species",
          .columns = {{.name = "length", .center = awkward[0], .scale = awkward[1]},
                      {.name = "width", .center = awkward[4], .scale = awkward[2]},
                      {.name = "constant", .center = awkward[3], .scale = 0},
                      {.name = "soil", .levels = {"clay", "sand"}}},
          .feature_scale = 1.0 / 255,
          .training = {{"optimizer", "adam"}, {"epochs", "5"}}};
}

/// Every kind of thing that a model may have, with a checkpoint.
Model model_with_checkpoint() {
  Sequential<float> network(
      {3},
      nn::parse_layers("dense 4, batchnorm, elu 0.3, residual(dense 4 tanh, dense 4), "
                       "dropout 0.25, dense 1 init normal:0.1"),
      3);
  nn::Checkpoint checkpoint;
  checkpoint.epochs = 2;
  checkpoint.steps = 20;
  checkpoint.history = {{.epoch = 1, .loss = awkward[0], .learning_rate = 1e-3},
                        {.epoch = 2,
                         .loss = awkward[1],
                         .accuracy = 0.5,
                         .validation_loss = 2,
                         .validation_accuracy = 0.25,
                         .gradient_norm = std::numeric_limits<double>::infinity()}};
  checkpoint.parameters = network.parameters() * 0.5F;
  checkpoint.buffers = network.buffers() * 0.5F;
  checkpoint.best_parameters = network.parameters();
  checkpoint.best_buffers = network.buffers();
  checkpoint.best_epoch = 1;
  checkpoint.rule = {.steps = 20,
                     .memory = {network.parameters() * 2.0F, network.parameters() * 3.0F},
                     .numbers = {awkward[1], std::nan("")}};
  checkpoint.schedule.steps = 20;  // and a best of ∞, a rate of NaN, as at the start
  return {.network = std::move(network),
          .target = "price",
          .target_center = awkward[1],
          .target_scale = awkward[0],
          .checkpoint = std::move(checkpoint)};
}

void check_equal(const opt::Parameters<float>& a, const opt::Parameters<float>& b) {
  REQUIRE(a.size() == b.size());
  CHECK(a == b);
}

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

TEST_CASE("model file: what was saved predicts the same to the bit", "[nn][model]") {
  for (const Model& model : {flower_model(), model_with_checkpoint()}) {
    const Index inputs = math::element_count(model.network.architecture().input());
    Batch<float> x(7, inputs);
    for (Index i = 0; i < x.size(); ++i) x.data()[i] = static_cast<float>(std::sin(i));
    const Model again = load(save(model));
    CHECK(again.network.predict(x, 1) == model.network.predict(x, 1));
  }
}

TEST_CASE("model file: everything comes back, numbers to the last bit", "[nn][model]") {
  const Model model = flower_model(), again = load(save(model));
  CHECK(again.network.architecture().input() == math::Shape{5});
  CHECK(to_string(again.network.architecture().layers()) == "dense 4, relu, dense 3");
  CHECK(again.loss.kind() == model.loss.kind());
  CHECK(again.classes == model.classes);
  CHECK(again.target == "species");
  CHECK(again.columns == model.columns);
  CHECK(std::signbit(again.columns[1].center));
  CHECK(again.feature_scale == model.feature_scale);
  CHECK(again.training == model.training);
  CHECK(!again.checkpoint.has_value());
}

TEST_CASE("model file: a checkpoint comes back whole", "[nn][model]") {
  const Model model = model_with_checkpoint(), again = load(save(model));
  CHECK(again.target_center == model.target_center);
  CHECK(again.target_scale == model.target_scale);
  REQUIRE(again.checkpoint.has_value());
  const nn::Checkpoint &was = *model.checkpoint, &is = *again.checkpoint;
  CHECK(is.epochs == 2);
  CHECK(is.steps == 20);
  CHECK(is.best_epoch == 1);
  check_equal(is.parameters, was.parameters);
  check_equal(is.buffers, was.buffers);
  check_equal(is.best_parameters, was.best_parameters);
  check_equal(is.best_buffers, was.best_buffers);
  REQUIRE(is.rule.memory.size() == 2);
  check_equal(is.rule.memory[1], was.rule.memory[1]);
  CHECK(is.rule.steps == 20);
  CHECK(is.rule.numbers[0] == awkward[1]);
  CHECK(std::isnan(is.rule.numbers[1]));
  CHECK(std::isinf(is.schedule.best));
  CHECK(std::isnan(is.schedule.rate));
  REQUIRE(is.history.size() == 2);
  CHECK(is.history[0].loss == awkward[0]);
  CHECK(!is.history[0].accuracy.has_value());
  CHECK(is.history[1].validation_accuracy == 0.25);
  CHECK(std::isinf(is.history[1].gradient_norm));
}

TEST_CASE("model file: saving what was loaded gives the same bytes", "[nn][model]") {
  for (const Model& model : {flower_model(), model_with_checkpoint()}) {
    const std::string bytes = save(model);
    CHECK(save(load(bytes)) == bytes);
  }
}

TEST_CASE("model file: it is what the safetensors format says", "[nn][model]") {
  const Model model = flower_model();
  const std::string bytes = save(model);
  CHECK(nn::is_model(bytes));
  CHECK(!nn::is_model(R"({"format": "mathtool-pca"})"));
  const std::uint64_t length = ModelBytes::length_of(bytes);
  CHECK(length % 8 == 0);
  ModelBytes file = ModelBytes::parse(bytes);
  CHECK(file.metadata().at("format") == "mathtool-network");
  CHECK(file.metadata().at("format_version") == "1.0");
  for (const auto& entry : file.metadata()) CHECK(entry.is_string());
  const test::Json& weights = file.header.at("2.weight");
  CHECK(weights.at("dtype") == "F32");
  CHECK(weights.at("shape") == test::Json({4, 3}));
  const auto begin = weights.at("data_offsets").at(0).get<std::size_t>();
  const auto end = weights.at("data_offsets").at(1).get<std::size_t>();
  REQUIRE(end - begin == 4 * 3 * sizeof(float));
  // Parameters are 5 × 4 weights and 4 biases, then 4 × 3 weights, then 3 biases.
  CHECK(std::memcmp(file.tensors.data() + begin, model.network.parameters().data() + 24,
                    end - begin) == 0);
  CHECK(file.tensors.size() == 39 * sizeof(float));
  // The checksum is zlib's, as the tests compute it for themselves.
  CHECK(load(file.bytes()).classes == model.classes);
}

TEST_CASE("model file: of version 1.0, written by Python, stays readable", "[nn][model]") {
  // By NumPy and zlib after docs/models.md; the outputs are NumPy's, in float32:
  //   W = arange(6).reshape(2, 3) / 4; b = [-1, 0, 1]; V = [[1], [2], [-1]]; c = [0.5]
  //   maximum(x @ W + b, 0) @ V + c for x = [[1, 2], [-1, 0.5]]
  const Model model = nn::read_model(MATHTOOL_SOURCE_DIR "/tests/libnn/models/python-1.0.model");
  CHECK(model.target == "y");
  CHECK(model.target_scale == 0.1);
  const Batch<float> x = (Batch<float>(2, 2) << 1, 2, -1, 0.5F).finished();
  CHECK(model.network.predict(x, 1) == (Batch<float>(2, 1) << 1.5F, -0.125F).finished());
}

TEST_CASE("model file: cut short anywhere it is an error", "[nn][model]") {
  const std::string bytes = save(flower_model());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_THROWS_AS(load(bytes.substr(0, size)), DataError);
  CHECK_THROWS_AS(load(bytes + " "), DataError);
}

TEST_CASE("model file: no flipped bit goes unnoticed", "[nn][model]") {
  const Model small{.network = Sequential<float>({1}, nn::parse_layers("dense 1"), 1)};
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
      ContainsSubstring("m.model: model: layer 1 (dense 4611686018427387904)"));
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

TEST_CASE("model file: names that are not UTF-8 are refused when it is written", "[nn][model]") {
  Model model = flower_model();
  model.classes[0] = "Bl\xFCte";
  CHECK_THROWS_AS(save(model), DataError);
  CHECK_THROWS_WITH(save(model), ContainsSubstring("not UTF-8"));
}

TEST_CASE("model file: nothing is left of one that was not finished", "[nn][model]") {
  const ScratchFolder folder;
  {
    data::OutputFile file(folder / "m");
    nn::write_model(flower_model(), file);
  }
  CHECK(folder.is_empty());
}
