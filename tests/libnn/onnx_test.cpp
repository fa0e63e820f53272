#include "mathtool/nn/onnx.hpp"

#include <cmath>
#include <cstdlib>

#include "mathtool/math/error.hpp"
#include "onnx_run.hpp"
#include "saved_models.hpp"
#include "support/catch.hpp"
#include "support/json.hpp"
#include "support/network_pass.hpp"

using namespace mathtool;
using nn::Batch;
using nn::Model;
using test::OnnxArray;
using test::OnnxFile;
using test::OnnxRun;
using test::ScratchFolder;

namespace {

std::string onnx_bytes(const Model& model, const nn::OnnxOptions& options = {}) {
  const ScratchFolder folder;
  data::OutputFile file(folder / "m.onnx");
  nn::write_onnx(model, file, options);
  file.commit();
  return folder.content("m.onnx");
}

/// A network with no number at its default: biases and running means are 0 at the start.
Model random_model(const math::Shape& input, const std::string& layers) {
  Model model{.network = nn::Sequential<float>(input, nn::parse_layers(layers), 11)};
  auto& parameters = model.network.parameters();
  parameters += 0.2F * test::random_rows<float>(1, parameters.size(), 5).row(0).transpose();
  auto& buffers = model.network.buffers();  // running means and variances
  buffers = 0.5F + test::random_rows<float>(1, buffers.size(), 6).row(0).transpose().array().abs();
  return model;
}

struct ExportCase {
  const char* name;
  math::Shape input;
  const char* layers;
  bool in_opencv = true;     ///< whether OpenCV 4.6 has all that it needs
  bool fixed_batch = false;  ///< whether OpenCV must know the number of observations
};

/// Every layer that there is.
const ExportCase export_cases[] = {
    {"mlp", {6}, "dense 6 relu, dense 7 tanh, dense 6 sigmoid, dropout 0.5, dense 3"},
    {"activations", {5}, "dense 9 leaky_relu, dense 8 elu 0.7, dense 7 gelu, dense 4, softmax"},
    {"batchnorm", {5}, "dense 6, batchnorm, relu, dense 3"},
    {"batchnorm_of_images", {3, 4, 5}, "batchnorm epsilon 0.01, relu, dense 2"},
    {"residual",
     {6},
     "dropout 0.1, residual(dense 6 relu, residual(tanh, dense 6)), relu, dense 3"},
    {"lenet",
     {1, 16, 16},
     "conv 4 5x5 relu, maxpool 2, conv 6 5x5 relu, flatten, dense 9 relu, dense 5"},
    {"windows",
     {2, 9, 8},
     "conv 4 3x2 stride 2 pad same, conv 6 3x3 pad 1 groups 2, avgpool 2 stride 1, dense 3"},
    {"odd_padding", {1, 6, 7}, "conv 3 4x2 pad same, maxpool 3 stride 2, flatten, dense 2"},
    {"deconv", {2, 4, 3}, "deconv 4 3x3 stride 2 pad 1 groups 2, relu, conv 1 1x1, flatten"},
    {"deconv_same", {3, 3, 4}, "deconv 2 4x4 stride 2 pad same, flatten"},
    {"deconv_odd", {1, 3, 4}, "deconv 2 3x3 stride 2 pad same, flatten", false},
    {"video",
     {2, 1, 6, 6},
     "conv 3 3x3 relu, batchnorm, maxpool 2, deconv 2 2x2, avgpool 3, flatten, dense 2"},
    {"steps", {4, 3}, "dense 5 relu, dense 2, flatten"},
    {"lstm", {5, 3}, "lstm 4, dense 3", true, true},
    {"lstm_all", {5, 3}, "lstm 4 all, lstm 3 all truncate 2, dense 2", true, true},
    {"gru", {5, 3}, "gru 4, dense 3", true, true},
    {"gru_all", {5, 3}, "gru 4 all, gru 3 all, dense 2, softmax", true, true},
    {"rnn", {5, 3}, "rnn 4 all, rnn 3, dense 2", false},
    {"nothing", {4}, "dropout 0.5, flatten"}};

constexpr Index rows_of_case = 3;

Batch<float> inputs_of(const Model& model) {
  const Index size = math::element_count(model.network.architecture().input());
  return test::random_rows<float>(rows_of_case, size, 17);
}

OnnxArray array_of(const Batch<float>& x, const math::Shape& shape) {
  std::vector<std::int64_t> lengths{x.rows()};
  lengths.insert(lengths.end(), shape.begin(), shape.end());
  OnnxArray array(lengths);
  for (Index i = 0; i < x.size(); ++i) array.at(i) = static_cast<double>(x.data()[i]);
  return array;
}

/// Largest |a − b| / (1 + |b|).
template <class Numbers>
double worst_difference(const Numbers& found, const Batch<float>& expected) {
  REQUIRE(std::ssize(found) == expected.size());
  double worst = 0;
  for (Index i = 0; i < expected.size(); ++i) {
    const auto b = static_cast<double>(expected.data()[i]);
    const auto a = static_cast<double>(found[static_cast<std::size_t>(i)]);
    REQUIRE(std::isfinite(a));
    worst = std::max(worst, std::abs(a - b) / (1 + std::abs(b)));
  }
  return worst;
}

/// Runs a script where a Python has what it needs. Returns: its exit status; 3: none has.
int run_python(const std::string& arguments) {
  int status = 3;
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    const std::string command = std::string(python) +
                                " " MATHTOOL_SOURCE_DIR "/tests/libnn/run_onnx.py " + arguments +
                                " > /dev/null";
    status = std::system(command.c_str());
    status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (status == 127) status = 3;
    if (status != 3) break;
  }
  return status;
}

}  // namespace

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

TEST_CASE("onnx: OpenCV computes what the network does", "[nn][onnx][peer]") {
  const ScratchFolder folder;
  std::string arguments = "opencv " + (folder / "");
  std::vector<std::pair<const ExportCase*, Batch<float>>> expected;
  for (const ExportCase& each : export_cases) {
    if (!each.in_opencv) continue;
    const Model model = random_model(each.input, each.layers);
    folder.write(std::string(each.name) + ".onnx",
                 onnx_bytes(model, {.batch = each.fixed_batch ? rows_of_case : 0}));
    const Batch<float> x = inputs_of(model);
    folder.write(std::string(each.name) + ".in",
                 {reinterpret_cast<const char*>(x.data()), x.size() * sizeof(float)});
    arguments += " " + std::string(each.name) + ":" + std::to_string(rows_of_case);
    for (const Index length : each.input) arguments += "x" + std::to_string(length);
    expected.emplace_back(&each, model.network.predict(x, 1));
  }
  const int status = run_python(arguments);
  if (status == 3) {
    WARN("SKIPPED: no Python with OpenCV (python3-opencv) to run the files in");
    return;
  }
  REQUIRE(status == 0);
  for (const auto& [each, y] : expected) {
    const std::string bytes = folder.content(std::string(each->name) + ".out");
    std::vector<float> found(bytes.size() / sizeof(float));
    std::memcpy(found.data(), bytes.data(), bytes.size());
    const double worst = worst_difference(found, y);
    INFO(each->name << ": " << worst);
    CHECK(worst < 1e-5);
  }
}

TEST_CASE("onnx: files stand the checker of ONNX itself", "[nn][onnx][peer]") {
  const ScratchFolder folder;
  std::string arguments = "checker " + (folder / "");
  const auto add = [&](const std::string& name, const std::string& bytes) {
    folder.write(name + ".onnx", bytes);
    arguments += " " + name;
  };
  for (const ExportCase& each : export_cases)
    add(each.name, onnx_bytes(random_model(each.input, each.layers)));
  add("flowers", onnx_bytes(test::flower_model()));
  add("text", onnx_bytes(random_model({6}, "embedding 4 vocabulary 7, lstm 5 all, dense 7")));
  const int status = run_python(arguments);
  if (status == 3) {
    WARN("SKIPPED: no Python with ONNX (python3-onnx) to check the files by");
    return;
  }
  CHECK(status == 0);
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
