#include "mathtool/nn/training.hpp"

#include <algorithm>

#include "same_training.hpp"
#include "small_data.hpp"

using namespace mathtool;

namespace {

/// Of all layers the parameters that are in layer `number`.
Eigen::Map<const nn::Parameters<float>> parameters_of(const nn::Sequential<>& network,
                                                      std::size_t number) {
  const nn::Node& node = network.architecture().nodes()[number];
  return {network.parameters().data() + node.parameters, node.parameter_count};
}

}  // namespace

TEST_CASE("training: three clouds are told apart", "[nn]") {
  const nn::Dataset data = test::three_clouds(300), test = test::three_clouds(300, 2);
  nn::Sequential<> network = test::small_network();
  const nn::Training training = nn::train(
      network, data,
      {.loss = nn::CrossEntropy{}, .rule = opt::Adam{.learning_rate = 0.02}, .epochs = 30});
  CHECK(training.status == Status::converged);
  CHECK(training.reason == "30 of 30 epochs done");
  CHECK(training.best_epoch == 30);
  REQUIRE(training.epochs.size() == 30);
  CHECK(training.epochs.back().loss < training.epochs.front().loss / 2);
  // The clouds are squares of half-width 0.8 whose centres are 1.73 apart: little overlaps.
  CHECK(*nn::evaluate(network, test, nn::CrossEntropy{}).accuracy > 0.95);
}

TEST_CASE("training: any number of threads gives the same bits", "[nn]") {
  // Large enough for two shards of a batch, and for several blocks of parameters.
  const nn::Dataset data = test::noise(300, 96, 10);
  const auto trained = [&](int threads) {
    nn::Sequential<> network({96}, nn::parse_layers("dense 512 relu, dropout 0.2, dense 10"), 7);
    const nn::Training training = nn::train(network, data,
                                            {.loss = nn::CrossEntropy{},
                                             .rule = opt::RmsProp{.learning_rate = 1e-3},
                                             .clipping = {.global_norm = 1},
                                             .penalty = {.l1 = 1e-5, .l2 = 1e-4},
                                             .epochs = 2,
                                             .batch = 128,
                                             .run = {.threads = threads}});
    return training.state;
  };
  const nn::Checkpoint one = trained(1);
  test::check_same_state(trained(2), one);
  test::check_same_state(trained(0), one);
}

TEST_CASE("training: an early stop leaves the best weights", "[nn]") {
  // Noise can only be learnt by heart: what is learnt makes the validation worse.
  const nn::Dataset data = test::noise(40, 10, 2), validation = test::noise(40, 10, 2, 2);
  nn::Sequential<> network({10}, nn::parse_layers("dense 32 tanh, dense 2"), 1);
  const nn::Training training = nn::train(network, data,
                                          {.loss = nn::CrossEntropy{},
                                           .rule = opt::Adam{.learning_rate = 0.01},
                                           .epochs = 200,
                                           .early_stop = 5,
                                           .validation = &validation});
  CHECK(training.status == Status::converged);
  const auto best = std::min_element(
      training.epochs.begin(), training.epochs.end(),
      [](const nn::Epoch& a, const nn::Epoch& b) { return a.validation_loss < b.validation_loss; });
  CHECK(training.best_epoch == best->epoch);
  CHECK(std::ssize(training.epochs) == training.best_epoch + 5);
  CHECK(training.epochs.size() < 200);
  CHECK_THAT(training.reason, ContainsSubstring("no better validation loss in 5 epochs since"));
  CHECK(network.parameters() == training.state.best_parameters);
  CHECK(network.parameters() != training.state.parameters);
  CHECK(nn::evaluate(network, validation, nn::CrossEntropy{}).loss == *best->validation_loss);
}

TEST_CASE("training: without an early stop too the best weights are restored", "[nn]") {
  const nn::Dataset data = test::noise(40, 10, 2), validation = test::noise(40, 10, 2, 2);
  nn::Sequential<> network({10}, nn::parse_layers("dense 32 tanh, dense 2"), 1);
  const nn::Training training = nn::train(network, data,
                                          {.loss = nn::CrossEntropy{},
                                           .rule = opt::Adam{.learning_rate = 0.01},
                                           .epochs = 40,
                                           .validation = &validation});
  CHECK(training.epochs.size() == 40);
  CHECK(training.best_epoch < 40);
  CHECK(nn::evaluate(network, validation, nn::CrossEntropy{}).loss ==
        *training.epochs[static_cast<std::size_t>(training.best_epoch - 1)].validation_loss);
}

TEST_CASE("training: frozen layers keep their parameters and running means", "[nn]") {
  const nn::Dataset data = test::three_clouds(90);
  nn::Sequential<> network(
      {2}, nn::parse_layers("dense 6, batchnorm, relu, residual(dense 6 tanh), dense 3"), 4);
  const nn::Sequential<> before = network;
  const auto changed = [&](std::size_t node) {
    return parameters_of(network, node) != parameters_of(before, node);
  };
  nn::TrainingOptions options{.loss = nn::CrossEntropy{},
                              .penalty = {.l2 = 0.1, .decoupled = 0.1},
                              .epochs = 2,
                              .frozen = {1, 3}};
  (void)nn::train(network, data, options);
  // Nodes: dense, batchnorm, relu, dense and tanh of the residual, its sum, dense.
  CHECK(changed(0));
  CHECK_FALSE(changed(1));
  CHECK(network.buffers() == before.buffers());
  CHECK_FALSE(changed(3));
  CHECK(changed(6));

  network = before;
  options.frozen = {0, 1, 2, 3, 4};
  const nn::Training none = nn::train(network, data, options);
  CHECK(network.parameters() == before.parameters());
  CHECK(none.epochs[1].gradient_norm == 0);

  network = before;
  options.frozen = {};
  (void)nn::train(network, data, options);
  CHECK(network.buffers() != before.buffers());
  CHECK(changed(1));
}

TEST_CASE("training: a frozen batch normalisation works as it will in inference", "[nn]") {
  nn::Dataset data = test::three_clouds(90);
  nn::Sequential<> network({2}, nn::parse_layers("batchnorm, dense 3"), 4);
  network.buffers() << 5, -3, 0.1F, 20;  // far from the means and variances of any batch
  nn::TrainingOptions options{.loss = nn::CrossEntropy{},
                              .rule = opt::GradientDescent{.learning_rate = 1e-30},
                              .epochs = 1,
                              .batch = 90,
                              .frozen = {0}};
  const nn::Training frozen = nn::train(network, data, options);
  const double seen = nn::evaluate(network, data, options.loss).loss;
  CHECK_NEAR(frozen.epochs[0].loss, seen, 1e-5 * seen);
  options.frozen = {};
  CHECK(std::abs(nn::train(network, data, options).epochs[0].loss - seen) > 0.1 * seen);
}

TEST_CASE("training: one observation left over has no spread of its own", "[nn]") {
  const nn::Dataset data = test::three_clouds(33);
  nn::Sequential<> network({2}, nn::parse_layers("batchnorm, dense 3"), 4);
  nn::TrainingOptions options{.loss = nn::CrossEntropy{}, .epochs = 40, .batch = 32};
  options.rule = opt::Adam{.learning_rate = 0.1};
  const nn::Training training = nn::train(network, data, options);
  CHECK(training.status == Status::converged);
  CHECK(*training.epochs.back().accuracy > 0.9);
  CHECK(network.buffers().allFinite());
  options.batch = 1;
  CHECK_THROWS_WITH(nn::train(network, data, options),
                    ContainsSubstring("layer 1 (batchnorm) learns no spread"));
}

TEST_CASE("training: seeds decide the order, and no shuffle keeps that of the data", "[nn]") {
  const nn::Dataset data = test::three_clouds(60);
  const auto trained = [&](std::uint64_t seed, bool shuffle) {
    nn::Sequential<> network = test::small_network();
    (void)nn::train(network, data,
                    {.loss = nn::CrossEntropy{}, .epochs = 2, .shuffle = shuffle, .seed = seed});
    return network.parameters();
  };
  CHECK(trained(1, true) == trained(1, true));
  CHECK(trained(1, true) != trained(2, true));
  CHECK(trained(1, false) == trained(2, false));
}

TEST_CASE("training: no epochs leave the network as it is", "[nn]") {
  nn::Sequential<> network = test::small_network();
  const nn::Sequential<> before = network;
  const nn::Training training =
      nn::train(network, test::three_clouds(9), {.loss = nn::CrossEntropy{}, .epochs = 0});
  CHECK(training.best_epoch == 0);
  CHECK(training.epochs.empty());
  CHECK(network.parameters() == before.parameters());
}
