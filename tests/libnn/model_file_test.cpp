#include "mathtool/nn/model_file.hpp"

#include <rapidcheck.h>

#include <cmath>

#include "libdata/compressed_bytes.hpp"
#include "mathtool/math/error.hpp"
#include "model_bytes.hpp"
#include "saved_models.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using nn::Batch;
using nn::Model;
using test::awkward;
using test::flower_model;
using test::load;
using test::model_with_checkpoint;
using test::ModelBytes;
using test::save;
using test::ScratchFolder;

namespace {

void check_equal(const opt::Parameters<float>& a, const opt::Parameters<float>& b) {
  REQUIRE(a.size() == b.size());
  CHECK(a == b);
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
    CHECK(save(load(test::gzip(bytes))) == bytes);
  }
}

TEST_CASE("model file: any texts and numbers survive", "[nn][model][law]") {
  CHECK(rc::check([] {
    // Quotes, backslashes, line breaks, zeros: whatever one byte of UTF-8 can be.
    const auto text = rc::gen::container<std::string>(rc::gen::inRange('\0', '\x7f'));
    Model model{.network = nn::Sequential<float>({2}, nn::parse_layers("dense 3 tanh, dense 1"),
                                                 *rc::gen::arbitrary<std::uint64_t>())};
    model.target = *text;
    model.columns = {{.name = *text, .levels = {*text}}, {.name = *text}};
    RC_PRE(model.columns[0].name != model.columns[1].name);
    model.columns[1].center = *rc::gen::arbitrary<double>();
    model.columns[1].scale = std::abs(*rc::gen::arbitrary<double>());
    model.training[*text] = *text;
    const std::string bytes = save(model);
    const Model again = load(bytes);
    RC_ASSERT(again.target == model.target);
    RC_ASSERT(again.columns == model.columns);
    RC_ASSERT(again.training == model.training);
    RC_ASSERT(again.network.parameters() == model.network.parameters());
    RC_ASSERT(save(again) == bytes);
  }));
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

TEST_CASE("model file: names that are not UTF-8 are refused when it is written", "[nn][model]") {
  Model model = flower_model();
  model.classes[0] = "Bl\xFCte";
  CHECK_THROWS_AS(save(model), DataError);
  CHECK_THROWS_WITH(save(model), ContainsSubstring("not UTF-8"));
}

TEST_CASE("model file: weights that could not be read again are not written", "[nn][model]") {
  Model model = flower_model();
  model.network.parameters()[3] = std::nanf("");
  CHECK_THROWS_AS(save(model), DomainError);
  model.network.parameters().resize(2);
  CHECK_THROWS_AS(save(model), DimensionError);
}

TEST_CASE("model file: nothing is left of one that was not finished", "[nn][model]") {
  const ScratchFolder folder;
  {
    data::OutputFile file(folder / "m");
    nn::write_model(flower_model(), file);
  }
  CHECK(folder.is_empty());
}
