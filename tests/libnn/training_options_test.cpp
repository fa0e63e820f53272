#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "same_training.hpp"
#include "small_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

TEST_CASE("training: L1 pulls each weight by the same, and no bias", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  nn::TrainingOptions options{.loss = nn::CrossEntropy{},
                              .rule = opt::Sgd{.learning_rate = 0.5},
                              .epochs = 1,
                              .batch = 30,
                              .shuffle = false};
  nn::Sequential<> free = test::small_network(), pulled = free;
  const nn::Sequential<> before = free;
  (void)nn::train(free, data, options);
  options.penalty.l1 = 0.25;
  (void)nn::train(pulled, data, options);
  for (const nn::PlacedArray& array : before.architecture().parameter_arrays())
    for (Index i = array.begin; i < array.begin + array.size; ++i) {
      const float w = before.parameters()[i];
      const double pull = array.weight ? 0.5 * 0.25 * (w > 0 ? 1 : w < 0 ? -1 : 0) : 0;
      CHECK_NEAR(free.parameters()[i] - pulled.parameters()[i], pull, 1e-6);
    }
}

TEST_CASE("training: gradients are clipped array by array", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  nn::Sequential<> network = test::small_network();
  const nn::Sequential<> before = network;
  (void)nn::train(network, data,
                  {.loss = nn::CrossEntropy{},
                   .rule = opt::Sgd{.learning_rate = 1},
                   .clipping = {.norm = 1e-3},
                   .epochs = 1,
                   .batch = 30});
  for (const nn::PlacedArray& array : before.architecture().parameter_arrays()) {
    INFO(array.name);
    const auto moved = (network.parameters() - before.parameters()).cast<double>();
    CHECK_NEAR(moved.segment(array.begin, array.size).norm(), 1e-3, 1e-6);
  }
}

TEST_CASE("training: observations of weight 0 change nothing", "[nn]") {
  const nn::Dataset data = test::three_clouds(31);
  std::vector<Index> counted;
  for (Index i = 0; i < 31; ++i)
    if (data.targets(i, 0) != 1) counted.push_back(i);
  // One by one in the order of the data, so that whole batches have no weight.
  const nn::TrainingOptions options{.loss = nn::CrossEntropy{.class_weights = {2, 0, 1}},
                                    .rule = opt::Sgd{.learning_rate = 0.1},
                                    .epochs = 2,
                                    .batch = 1,
                                    .shuffle = false};
  nn::Sequential<> all = test::small_network(), some = all;
  const nn::Training of_all = nn::train(all, data, options);
  const nn::Training of_some = nn::train(some, data.subset(counted), options);
  CHECK(all.parameters() == some.parameters());
  CHECK(of_all.epochs[1].loss == of_some.epochs[1].loss);
}

TEST_CASE("training: a plateau lowers the rate after epochs, not after batches", "[nn]") {
  const nn::Dataset data = test::three_clouds(60);
  nn::Sequential<> network = test::small_network();
  // Frozen throughout, the loss stays where it is. By hand: best at epoch 1, two more are not
  // better, which is more than the patience of one; so again after two.
  const nn::Training training = nn::train(network, data,
                                          {.loss = nn::CrossEntropy{},
                                           .rule = opt::Sgd{.learning_rate = 1},
                                           .schedule = opt::parse_schedule("plateau:1:0.5", 0),
                                           .epochs = 6,
                                           .frozen = {0, 1, 2}});
  std::vector<double> rates;
  for (const nn::Epoch& epoch : training.epochs) rates.push_back(epoch.learning_rate);
  CHECK(rates == std::vector<double>{1, 1, 1, 0.5, 0.5, 0.25});
}

TEST_CASE("training: schedules count steps", "[nn]") {
  const nn::Dataset data = test::three_clouds(60);  // four batches of 16 in an epoch
  nn::Sequential<> network = test::small_network();
  const nn::Training training = nn::train(network, data,
                                          {.loss = nn::CrossEntropy{},
                                           .rule = opt::Sgd{.learning_rate = 1},
                                           .schedule = opt::parse_schedule("step:4:0.5", 0),
                                           .epochs = 3,
                                           .batch = 16});
  CHECK(training.epochs[0].learning_rate == 1);
  CHECK(training.epochs[1].learning_rate == 0.5);
  CHECK(training.epochs[2].learning_rate == 0.25);
  CHECK(training.state.steps == 12);
}

TEST_CASE("training: settings and data that do not fit are refused", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  nn::Sequential<> network = test::small_network();
  const auto trained = [&](const nn::TrainingOptions& options) {
    (void)nn::train(network, data, options);
  };
  const nn::Loss loss = nn::CrossEntropy{};
  CHECK_THROWS_WITH(trained({.loss = loss, .epochs = -1}), ContainsSubstring("epochs must be"));
  CHECK_THROWS_WITH(trained({.loss = loss, .batch = 0}), ContainsSubstring("batch must be"));
  CHECK_THROWS_WITH(trained({.loss = loss, .early_stop = 3}),
                    ContainsSubstring("needs validation data"));
  CHECK_THROWS_WITH(trained({.loss = loss, .frozen = {3}}),
                    ContainsSubstring("layer 3 cannot be frozen; the 3 layers"));
  CHECK_THROWS_AS(trained({.loss = loss, .rule = opt::Sgd{.learning_rate = -1}}), DomainError);
  CHECK_THROWS_AS(trained({.loss = loss, .penalty = {.l2 = -1}}), DomainError);
  // Three outputs, one target: a sum of squares has nothing to compare two of them with.
  CHECK_THROWS_WITH(trained({.loss = nn::SquaredError{}}),
                    ContainsSubstring("1 targets for each observation"));

  nn::Dataset wrong = data;
  wrong.targets(4, 0) = 7;
  CHECK_THROWS_AS(nn::train(network, wrong, {.loss = loss}), DomainError);
  wrong.targets(4, 0) = std::nanf("");
  CHECK_THROWS_AS(nn::train(network, wrong, {.loss = loss}), DomainError);
  wrong = data;
  wrong.shape = {3};
  CHECK_THROWS_WITH(nn::train(network, wrong, {.loss = loss}),
                    ContainsSubstring("an observation has the shape (3,), the network takes (2,)"));
  wrong = data;
  wrong.targets.conservativeResize(29, 1);
  CHECK_THROWS_AS(nn::train(network, wrong, {.loss = loss}), DimensionError);
  wrong = data.subset({});
  CHECK_THROWS_WITH(nn::train(network, wrong, {.loss = loss}),
                    ContainsSubstring("at least one observation"));
}
