#include "mathtool/nn/onnx.hpp"

#include "mathtool/math/error.hpp"
#include "onnx_models.hpp"
#include "onnx_run.hpp"
#include "saved_models.hpp"
#include "support/catch.hpp"
#include "support/json.hpp"
#include "support/network_pass.hpp"

using namespace mathtool;
using nn::Batch;
using nn::Model;
using test::array_of;
using test::export_cases;
using test::ExportCase;
using test::inputs_of;
using test::onnx_bytes;
using test::OnnxFile;
using test::OnnxRun;
using test::random_model;
using test::rows_of_case;
using test::ScratchFolder;
using test::worst_difference;

TEST_CASE("onnx: the graph of every layer computes what the network does", "[nn][onnx]") {
  for (const ExportCase& each : export_cases) {
    const Model model = random_model(each.input, each.layers);
    const Batch<float> x = inputs_of(model), y = model.network.predict(x, 1);
    std::vector<std::int64_t> shape{rows_of_case};
    const math::Shape& output = model.network.architecture().output();
    shape.insert(shape.end(), output.begin(), output.end());
    for (const Index batch : {Index{0}, rows_of_case}) {
      const OnnxFile file(onnx_bytes(model, {.batch = batch}));
      const OnnxRun run(file, array_of(x, each.input));
      const double worst = worst_difference(run.output().values, y);
      INFO(each.name << ": " << worst);
      CHECK(worst < 1e-6);
      CHECK(run.output().shape == shape);
      CHECK(file.input.shape.front() == batch);
      CHECK(file.input.batch == (batch == 0 ? "batch" : ""));
      CHECK(file.output.shape.front() == batch);
      CHECK(std::equal(shape.begin() + 1, shape.end(), file.output.shape.begin() + 1));
    }
  }
}

TEST_CASE("onnx: weights and settings stand in the file as they are", "[nn][onnx]") {
  const Model model =
      random_model({2, 9, 8}, "conv 4 3x2 stride 2 pad same groups 2, relu, dense 3");
  const OnnxFile file(onnx_bytes(model));
  CHECK(file.ir_version == 7);
  CHECK(file.operator_set == 13);
  CHECK(file.producer == "mathtool");
  CHECK(file.metadata.at("layers") == "conv 4 3x2 stride 2 pad same groups 2, relu, dense 3");
  CHECK(file.types() == std::vector<std::string>{"Conv", "Relu", "Flatten", "Gemm"});
  CHECK(file.input.name == "input");
  CHECK(file.input.batch == "batch");
  CHECK(file.input.shape == std::vector<std::int64_t>{0, 2, 9, 8});
  CHECK(file.output.name == "prediction");

  const OnnxFile::Operation& conv = file.operations[0];
  CHECK(conv.attributes.at("kernel_shape").integers == std::vector<std::int64_t>{3, 2});
  CHECK(conv.attributes.at("strides").integers == std::vector<std::int64_t>{2, 2});
  // 9 rows: 5 places reach over 11; 8 columns: 4 places of 2 reach over 8.
  CHECK(conv.attributes.at("pads").integers == std::vector<std::int64_t>{1, 0, 1, 0});
  CHECK(conv.attributes.at("group").integer == 2);
  const OnnxFile::Tensor& weights = file.tensors.at("0.weight");
  CHECK(weights.shape == std::vector<std::int64_t>{4, 1, 3, 2});
  CHECK(
      std::equal(weights.floats.begin(), weights.floats.end(), model.network.parameters().data()));
  CHECK(file.tensors.at("2.weight").shape == std::vector<std::int64_t>{3, 80});
  CHECK(file.tensors.at("2.bias").floats.back() == model.network.parameters()[24 + 4 + 240 + 2]);
}

TEST_CASE("onnx: a network of a table takes its columns as they come", "[nn][onnx]") {
  Model model{.network = nn::Sequential<float>({4}, nn::parse_layers("dense 3"), 2),
              .loss = nn::CrossEntropy{},
              .classes = {"a", "b", "ü"},
              .target = "kind",
              .columns = {{.name = "year", .center = 2019.53, .scale = 1.7},
                          {.name = "constant", .center = 3, .scale = 0},
                          {.name = "soil", .levels = {"clay", "sand"}}}};
  const Batch<float> raw = (Batch<float>(2, 4) << 2020, 5, 1, 0, 2017, 3, 0, 1).finished();
  Batch<float> features = raw;
  features(0, 0) = static_cast<float>((2020 - 2019.53) / 1.7);
  features(1, 0) = static_cast<float>((2017 - 2019.53) / 1.7);
  features.col(1).setZero();
  const Batch<float> logits = model.network.predict(features, 1);
  Batch<float> probabilities = logits.array().exp();
  probabilities = probabilities.array().colwise() / probabilities.rowwise().sum().array();

  const OnnxFile file(onnx_bytes(model));
  CHECK(worst_difference(OnnxRun(file, array_of(raw, {4})).output().values, probabilities) < 1e-6);
  CHECK(file.output.name == "probabilities");
  CHECK(nlohmann::json::parse(file.metadata.at("classes")) == nlohmann::json({"a", "b", "ü"}));
  CHECK(nlohmann::json::parse(file.metadata.at("features")) ==
        nlohmann::json({"year", "constant", "soil[clay]", "soil[sand]"}));
  CHECK(file.metadata.at("target") == "kind");

  const OnnxFile of_logits(onnx_bytes(model, {.logits = true}));
  CHECK(worst_difference(OnnxRun(of_logits, array_of(raw, {4})).output().values, logits) < 1e-6);
  CHECK(of_logits.output.name == "logits");
}

TEST_CASE("onnx: bytes are scaled in the graph, numbers come out in their own units",
          "[nn][onnx]") {
  Model model = random_model({1, 2, 2}, "dense 1");
  model.feature_scale = 1.0 / 255;
  model.target_center = 40;
  model.target_scale = 2.5;
  const Batch<float> bytes = (Batch<float>(1, 4) << 0, 255, 17, 128).finished();
  const Batch<float> y = model.network.predict(bytes / 255.0F, 1);
  const OnnxRun run(OnnxFile(onnx_bytes(model)), array_of(bytes, {1, 2, 2}));
  CHECK(worst_difference(run.output().values, Batch<float>(y.array() * 2.5F + 40)) < 1e-6);
}

TEST_CASE("onnx: two classes told by one output come with a probability", "[nn][onnx]") {
  Model model = random_model({3}, "dense 1");
  model.loss = nn::BinaryCrossEntropy{};
  model.classes = {"no", "yes"};
  const Batch<float> x = test::random_rows<float>(4, 3, 1);
  const Batch<float> p = 1 / (1 + (-model.network.predict(x, 1).array()).exp());
  const OnnxRun run(OnnxFile(onnx_bytes(model)), array_of(x, {3}));
  CHECK(worst_difference(run.output().values, p) < 1e-6);
}

TEST_CASE("onnx: symbols of a text are whole numbers", "[nn][onnx]") {
  const Model model = random_model({6}, "embedding 4 vocabulary 7, gru 5, dense 7");
  const OnnxFile file(onnx_bytes(model));
  CHECK(file.input.type == 7);
  CHECK(file.types().front() == "Gather");
  const Batch<float> x = (Batch<float>(2, 6) << 0, 6, 3, 3, 1, 5, 2, 4, 6, 0, 0, 1).finished();
  const OnnxRun run(file, array_of(x, {6}));
  CHECK(worst_difference(run.output().values, model.network.predict(x, 1)) < 1e-6);

  // Behind another operation they are floats, and are made whole.
  Model scaled = model;
  scaled.feature_scale = 0.5;
  const OnnxFile cast(onnx_bytes(scaled));
  CHECK(cast.input.type == 1);
  CHECK(cast.types()[1] == "Cast");
}

TEST_CASE("onnx: hostile settings and names", "[nn][onnx]") {
  const ScratchFolder folder;
  Model model = test::flower_model();
  data::OutputFile file(folder / "m.onnx");
  CHECK_THROWS_AS((void)nn::write_onnx(model, file, {.batch = -1}), DomainError);
  CHECK_THROWS_WITH((void)nn::write_onnx(model, file, {.batch = -1}), ContainsSubstring("batch"));
  model.classes[0] = "Bl\xFCte";
  CHECK_THROWS_AS((void)nn::write_onnx(model, file), DataError);
  CHECK(OnnxFile(onnx_bytes(test::flower_model(), {.batch = 12})).input.shape ==
        std::vector<std::int64_t>{12, 5});
}
