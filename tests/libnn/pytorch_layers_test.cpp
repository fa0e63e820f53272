#include <string>
#include <vector>

#include "mathtool/nn/layers/all.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

// The figures are PyTorch 1.13's own, in double; pytorch_layers.py writes them.

using namespace mathtool;
using nn::Batch;

namespace {

using Numbers = std::vector<double>;

struct LayerFigures {
  std::string layers;
  math::Shape shape;  ///< of the batch
  Numbers x, parameters, buffers, y, y_gradient, x_gradient, gradient, buffers_after;
};

struct LossFigures {
  std::string loss;
  math::Shape shape;
  Numbers outputs, targets, mean, gradient;
};

const std::vector<LayerFigures> training = {
#define PYTORCH_TRAINING
#include "pytorch_layers.inc"
#undef PYTORCH_TRAINING
};
const std::vector<LayerFigures> inference = {
#define PYTORCH_INFERENCE
#include "pytorch_layers.inc"
#undef PYTORCH_INFERENCE
};
const std::vector<LossFigures> losses = {
#define PYTORCH_LOSSES
#include "pytorch_layers.inc"
#undef PYTORCH_LOSSES
};

template <class T>
Batch<T> rows_from(const Numbers& numbers, Index rows) {
  return Eigen::Map<const Batch<double>>(numbers.data(), rows, std::ssize(numbers) / rows)
      .cast<T>();
}

/// The largest difference in units of 1 + the largest of the numbers.
template <class Found>
double distance(const Found& found, const Numbers& expected) {
  REQUIRE(found.size() == std::ssize(expected));
  double largest = 0, difference = 0;
  for (Index i = 0; i < found.size(); ++i) {
    const double number = expected[static_cast<std::size_t>(i)];
    largest = std::max(largest, std::abs(number));
    difference = std::max(difference, std::abs(static_cast<double>(found.data()[i]) - number));
  }
  return difference / (1 + largest);
}

template <class T>
void check_layers(const LayerFigures& figures, nn::Mode mode, double tolerance) {
  INFO(figures.layers << " of " << math::to_string(figures.shape));
  const Index n = figures.shape[0];
  nn::Sequential<T> network(math::Shape(figures.shape.begin() + 1, figures.shape.end()),
                            nn::parse_layers(figures.layers));
  REQUIRE(network.parameters().size() == std::ssize(figures.parameters));
  REQUIRE(network.buffers().size() == std::ssize(figures.buffers));
  network.parameters() = rows_from<T>(figures.parameters, 1).transpose();
  network.buffers() = rows_from<T>(figures.buffers, 1).transpose();
  const auto pass = test::network_pass<T>(network, rows_from<T>(figures.x, n),
                                          rows_from<T>(figures.y_gradient, n), {.mode = mode});
  CHECK(distance(pass.y, figures.y) <= tolerance);
  CHECK(distance(pass.x_gradient, figures.x_gradient) <= tolerance);
  CHECK(distance(pass.gradient, figures.gradient) <= tolerance);
  CHECK(distance(network.buffers(), figures.buffers_after) <= tolerance);
}

template <class T>
void check_loss(const LossFigures& figures, double tolerance) {
  INFO(figures.loss << " of " << math::to_string(figures.shape));
  const nn::Loss loss = nn::parse_loss(figures.loss);
  const math::Shape output(figures.shape.begin() + 1, figures.shape.end());
  const Index n = figures.shape[0];
  const Batch<T> z = rows_from<T>(figures.outputs, n), t = rows_from<T>(figures.targets, n);
  REQUIRE(t.cols() == loss.targets(output));
  Batch<T> gradient(n, z.cols());
  nn::Rows<T> dz(gradient.data(), n, z.cols());
  const nn::ConstRows<T> targets(t.data(), n, t.cols());
  const double weight = loss.weight<T>(targets, output);
  const double sum =
      loss.sum<T>(nn::ConstRows<T>(z.data(), n, z.cols()), targets, output, 1 / weight, dz);
  CHECK_NEAR(sum / weight, figures.mean[0], tolerance * (1 + figures.mean[0]));
  CHECK(distance(gradient, figures.gradient) <= tolerance);
}

}  // namespace

TEST_CASE("layers: outputs, gradients and running means of PyTorch in training", "[nn]") {
  for (const LayerFigures& figures : training) {
    check_layers<double>(figures, nn::Mode::training, 1e-14);
    check_layers<float>(figures, nn::Mode::training, 3e-6);
  }
}

TEST_CASE("layers: outputs and gradients of PyTorch in inference", "[nn]") {
  for (const LayerFigures& figures : inference) {
    check_layers<double>(figures, nn::Mode::inference, 1e-14);
    check_layers<float>(figures, nn::Mode::inference, 3e-6);
  }
}

TEST_CASE("losses: values and gradients of PyTorch, with class weights and smoothing", "[nn]") {
  for (const LossFigures& figures : losses) {
    check_loss<double>(figures, 1e-15);
    check_loss<float>(figures, 2e-7);
  }
}
