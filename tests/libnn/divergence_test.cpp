#include <cmath>
#include <limits>

#include "mathtool/nn/training.hpp"
#include "small_data.hpp"
#include "support/tolerance.hpp"

// What is said of a training whose numbers are no longer finite.

using namespace mathtool;

namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

nn::Training trained(nn::Sequential<>& network, const nn::Dataset& data, opt::AnyRule rule,
                     opt::Clipping clipping = {}) {
  return nn::train(
      network, data,
      {.loss = data.classes.empty() ? nn::Loss(nn::SquaredError{}) : nn::Loss(nn::CrossEntropy{}),
       .rule = rule,
       .clipping = clipping,
       .epochs = 4,
       .batch = 16});
}

float& feature(nn::Dataset& data, Index i, Index j) {
  return std::get<nn::Batch<float>>(data.features)(i, j);
}

}  // namespace

TEST_CASE("divergence: a rate far too large is named, with the layer", "[nn]") {
  const nn::Dataset data = test::three_clouds(100);
  nn::Sequential<> network({2}, nn::parse_layers("dense 8, dense 8, dense 3"), 1);
  const nn::Sequential<> before = network;
  const nn::Training training = trained(network, data, opt::Sgd{.learning_rate = 1e9});
  CHECK(training.status == Status::not_finite);
  INFO(training.reason);
  CHECK_THAT(training.reason, ContainsSubstring(" of layer "));
  CHECK_THAT(training.reason, ContainsSubstring("of epoch 1; try a smaller learning rate than "
                                                "1e+09, or clipping"));
  CHECK(training.epochs.empty());
  CHECK(training.best_epoch == 0);
  CHECK(network.parameters() == before.parameters());

  network = before;
  const nn::Training clipped =
      trained(network, data, opt::Sgd{.learning_rate = 1e38}, {.global_norm = 1});
  CHECK(clipped.status == Status::not_finite);
  CHECK_THAT(clipped.reason, ContainsSubstring("try a smaller learning rate than 1e+38"));
  CHECK_THAT(clipped.reason, !ContainsSubstring("clipping"));
}

TEST_CASE("divergence: steps so long that nothing was learnt are no success", "[nn]") {
  // Adam's steps are as long as its rate, so that all numbers stay finite.
  const nn::Dataset data = test::three_clouds(100), validation = test::three_clouds(30, 2);
  nn::Sequential<> network({2}, nn::parse_layers("dense 8 relu, dense 3"), 1);
  nn::Training training = trained(network, data, opt::Adam{.learning_rate = 1e9});
  CHECK(training.status == Status::divergent);
  INFO(training.reason);
  CHECK_THAT(training.reason, ContainsSubstring("try a smaller learning rate than 1e+09"));
  CHECK_THAT(training.reason, ContainsSubstring("would have 1.099"));  // ln 3
  CHECK(network.parameters().allFinite());
  CHECK(trained(network = {{2}, nn::parse_layers("dense 8 relu, dense 3"), 1}, data, opt::Adam{})
            .status == Status::converged);
}

TEST_CASE("divergence: NaN in the data is found in the data", "[nn]") {
  nn::Dataset data = test::three_clouds(50);
  feature(data, 30, 1) = std::nanf("");
  nn::Sequential<> network({2}, nn::parse_layers("dense 8 relu, dense 3"), 1);
  const nn::Training training = trained(network, data, opt::Adam{});
  CHECK(training.status == Status::not_finite);
  INFO(training.reason);
  CHECK_THAT(training.reason,
             ContainsSubstring("feature 2 of observation 31 is NaN, seen in batch"));
  CHECK(network.parameters().allFinite());

  nn::Dataset line = test::straight_line(50);
  line.targets(7, 0) = infinite;
  nn::Sequential<> slope({1}, nn::parse_layers("dense 1"), 1);
  const nn::Training regression = trained(slope, line, opt::Adam{});
  CHECK(regression.status == Status::not_finite);
  CHECK_THAT(regression.reason, ContainsSubstring("target 1 of observation 8 is infinite"));
}

TEST_CASE("divergence: steps beyond the end of a sequence are not to blame", "[nn]") {
  nn::Dataset data = test::three_clouds(50);
  nn::Batch<float> steps(50, 6);
  steps << std::get<nn::Batch<float>>(data.features), std::get<nn::Batch<float>>(data.features),
      nn::Batch<float>::Constant(50, 2, std::nanf(""));
  data.features = steps;
  data.shape = {3, 2};
  CHECK_NOTHROW(data.validate());
  nn::Sequential<> network(
      {3, 2}, nn::parse_layers("tanh, rnn 4 all, residual(gru 4 all), lstm 4, dense 3"), 1);
  CHECK(trained(network, data, opt::Adam{}).status == Status::converged);

  feature(data, 30, 1) = infinite;
  nn::Sequential<> fresh({3, 2}, nn::parse_layers("tanh, rnn 4 all, lstm 4, dense 3"), 1);
  CHECK_THROWS_AS(data.validate(), DomainError);
  feature(data, 30, 1) = std::nanf("");
  const nn::Training training = trained(fresh, data, opt::Adam{});
  CHECK(training.status == Status::not_finite);
  CHECK_THAT(training.reason, ContainsSubstring("feature 2 of observation 31 is NaN"));
}

TEST_CASE("divergence: NaN in the validation data ends the training with the last whole epoch",
          "[nn]") {
  nn::Dataset validation = test::three_clouds(300, 2);
  feature(validation, 299, 0) = -infinite;
  nn::Sequential<> network({2}, nn::parse_layers("dense 8 relu, dense 3"), 1);
  const nn::Sequential<> before = network;
  const nn::Training training =
      nn::train(network, test::three_clouds(30),
                {.loss = nn::CrossEntropy{}, .epochs = 3, .validation = &validation});
  CHECK(training.status == Status::not_finite);
  CHECK_THAT(training.reason, ContainsSubstring("feature 1 of observation 300 is infinite, seen in "
                                                "the validation behind epoch 1"));
  CHECK(network.parameters() == before.parameters());
}

TEST_CASE("divergence: huge features are told from a large rate", "[nn]") {
  nn::Dataset data = test::three_clouds(50);
  std::get<nn::Batch<float>>(data.features) *= 1e30F;
  nn::Sequential<> network({2}, nn::parse_layers("dense 8 relu, dense 8, dense 3"), 1);
  network.parameters() *= 1e4F;
  nn::Training training = trained(network, data, opt::Sgd{});
  CHECK(training.status == Status::not_finite);
  INFO(training.reason);
  CHECK_THAT(training.reason, ContainsSubstring("try features of a size about 1"));
  CHECK_THAT(training.reason, ContainsSubstring("standardise them"));
}

TEST_CASE("divergence: weights that begin too large or broken are told from a large rate", "[nn]") {
  const nn::Dataset data = test::three_clouds(50);
  // Each layer of 64 units makes numbers about 2000 · √64 times as large: 10⁴² after ten.
  std::string layers;
  for (int i = 0; i < 10; ++i) layers += "dense 64 init normal:2000, ";
  nn::Sequential<> network({2}, nn::parse_layers(layers + "dense 3"), 1);
  nn::Training training = trained(network, data, opt::Sgd{.learning_rate = 1e-3});
  CHECK(training.status == Status::not_finite);
  INFO(training.reason);
  CHECK_THAT(training.reason, ContainsSubstring("the output of layer 10 (dense 64"));
  CHECK_THAT(training.reason,
             ContainsSubstring("in batch 1 of epoch 1; try smaller initial weights"));

  network = {{2}, nn::parse_layers("dense 8 relu, dense 3"), 1};
  network.parameters()[3] = std::nanf("");
  training = trained(network, data, opt::Sgd{});
  CHECK_THAT(training.reason,
             ContainsSubstring("a weight of layer 1 (dense 8) is NaN before the first step"));
}

TEST_CASE("divergence: parameters that the last step of an epoch broke do not count", "[nn]") {
  // One batch: its loss is finite, and the step behind it leads to infinity.
  nn::Dataset line = test::straight_line(16);
  line.targets *= 1e30F;
  nn::Sequential<> network({1}, nn::parse_layers("dense 1"), 1);
  const nn::Sequential<> before = network;
  const nn::Training training = trained(network, line, opt::Sgd{.learning_rate = 1e9});
  CHECK(training.status == Status::not_finite);
  INFO(training.reason);
  CHECK_THAT(training.reason, ContainsSubstring("of layer 1 (dense 1)"));
  CHECK_THAT(training.reason, ContainsSubstring("behind epoch 1; try a smaller learning rate"));
  CHECK(network.parameters() == before.parameters());
}
