#include <string>
#include <vector>

#include "mathtool/nn/training.hpp"
#include "support/tolerance.hpp"

// The figures are PyTorch 1.13's own, in double; pytorch_training.py writes them.

using namespace mathtool;

namespace {

struct TrainedByPytorch {
  std::string name;
  std::vector<double> numbers;  ///< two losses, then the parameters
};

const std::vector<TrainedByPytorch>& trained_by_pytorch() {
  static const std::vector<TrainedByPytorch> all = {
#include "pytorch_training.inc"
  };
  return all;
}

/// The network and the data of pytorch_training.py.
nn::Sequential<> pytorch_network() {
  nn::Sequential<> network({2}, nn::parse_layers("dense 4 relu, dense 3"));
  network.parameters() << 0.5F, -0.25F, 0.75F, 0.125F, -0.5F, 0.625F, 0.25F, -0.875F,  //
      0.0625F, 0.0625F, 0.0625F, 0.0625F,                                              //
      0.25F, -0.5F, 0.375F, 0.5F, 0.125F, -0.25F, -0.625F, 0.75F, 0.5F, 0.25F, -0.125F, 0.875F,
      0.0625F, 0.0625F, 0.0625F;
  return network;
}

nn::Dataset pytorch_data() {
  nn::Batch<float> x(5, 2), t(5, 1);
  x << 1, -0.5F, 0.25F, 2, -1.5F, 0.75F, 0.5F, 0.5F, -0.75F, -1.25F;
  t << 0, 2, 1, 0, 2;
  return {.shape = {2}, .features = x, .targets = t, .classes = {"0", "1", "2"}};
}

/// Two epochs beside PyTorch's. The tolerance is that of six steps in float: Adam divides small
/// gradients by themselves.
void check_training(const std::string& name, nn::TrainingOptions options) {
  options.epochs = 2;
  options.batch = 2;
  options.shuffle = false;
  if (std::holds_alternative<nn::SquaredError>(options.loss.kind()))
    options.loss = nn::CrossEntropy{};
  int found = 0;
  for (const TrainedByPytorch& figures : trained_by_pytorch()) {
    if (figures.name != name) continue;
    ++found;
    nn::Sequential<> network = pytorch_network();
    const nn::Training training = nn::train(network, pytorch_data(), options);
    INFO(name << ": " << training.reason);
    REQUIRE(training.epochs.size() == 2);
    REQUIRE(figures.numbers.size() == 2 + 27);
    CHECK_NEAR(training.epochs[0].loss, figures.numbers[0], 2e-6);
    CHECK_NEAR(training.epochs[1].loss, figures.numbers[1], 2e-6);
    for (Index i = 0; i < 27; ++i) {
      INFO("parameter " << i);
      CHECK_NEAR(network.parameters()[i], figures.numbers[static_cast<std::size_t>(i) + 2], 2e-6);
    }
  }
  CHECK(found == 1);
}

}  // namespace

TEST_CASE("training: two epochs of stochastic gradient descent are PyTorch's", "[nn]") {
  check_training("sgd", {.rule = opt::Sgd{.learning_rate = 0.5}});
  check_training("sgd momentum l2", {.rule = opt::Sgd{.learning_rate = 0.25, .momentum = 0.9},
                                     .penalty = {.l2 = 0.1}});
  check_training("sgd clip",
                 {.rule = opt::Sgd{.learning_rate = 0.5}, .clipping = {.global_norm = 0.25}});
  check_training("sgd class weights", {.loss = nn::CrossEntropy{.class_weights = {1, 3, 0.5}},
                                       .rule = opt::Sgd{.learning_rate = 0.5}});
}

TEST_CASE("training: two epochs of rmsprop are PyTorch's, with decay of weights too", "[nn]") {
  check_training("rmsprop", {.rule = opt::RmsProp{.learning_rate = 0.01}});
  check_training("rmsprop l2", {.rule = opt::RmsProp{.learning_rate = 0.01, .momentum = 0.5},
                                .penalty = {.l2 = 0.1}});
}

TEST_CASE("training: two epochs of adam are PyTorch's, with either decay of weights too", "[nn]") {
  check_training("adam", {.rule = opt::Adam{.learning_rate = 0.05}});
  check_training("adam l2", {.rule = opt::Adam{.learning_rate = 0.05}, .penalty = {.l2 = 0.1}});
  check_training("adamw",
                 {.rule = opt::Adam{.learning_rate = 0.05}, .penalty = {.decoupled = 0.1}});
}
