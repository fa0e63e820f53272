#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "mathtool/nn/onnx.hpp"
#include "onnx_array.hpp"
#include "support/catch.hpp"
#include "support/network_pass.hpp"
#include "support/scratch_folder.hpp"

namespace mathtool::test {

inline std::string onnx_bytes(const nn::Model& model, const nn::OnnxOptions& options = {}) {
  const ScratchFolder folder;
  data::OutputFile file(folder / "m.onnx");
  nn::write_onnx(model, file, options);
  file.commit();
  return folder.content("m.onnx");
}

/// A network with no number at its default: biases and running means are 0 at the start.
inline nn::Model random_model(const math::Shape& input, const std::string& layers) {
  nn::Model model{.network = nn::Sequential<float>(input, nn::parse_layers(layers), 11)};
  auto& parameters = model.network.parameters();
  parameters += 0.2F * random_rows<float>(1, parameters.size(), 5).row(0).transpose();
  auto& buffers = model.network.buffers();  // running means and variances
  buffers = 0.5F + random_rows<float>(1, buffers.size(), 6).row(0).transpose().array().abs();
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
inline const ExportCase export_cases[] = {
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

inline constexpr Index rows_of_case = 3;

inline nn::Batch<float> inputs_of(const nn::Model& model) {
  const Index size = math::element_count(model.network.architecture().input());
  return random_rows<float>(rows_of_case, size, 17);
}

inline OnnxArray array_of(const nn::Batch<float>& x, const math::Shape& shape) {
  std::vector<std::int64_t> lengths{x.rows()};
  lengths.insert(lengths.end(), shape.begin(), shape.end());
  OnnxArray array(lengths);
  for (Index i = 0; i < x.size(); ++i) array.at(i) = static_cast<double>(x.data()[i]);
  return array;
}

/// Largest |a − b| / (1 + |b|).
template <class Numbers>
double worst_difference(const Numbers& found, const nn::Batch<float>& expected) {
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

}  // namespace mathtool::test
