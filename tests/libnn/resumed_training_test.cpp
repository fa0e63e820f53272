#include <atomic>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "same_training.hpp"
#include "small_data.hpp"

using namespace mathtool;

namespace {

/// Five epochs at once, and two of them followed by the other three.
void check_resumed(const std::string& layers, nn::TrainingOptions options) {
  INFO(layers);
  const nn::Dataset data = test::three_clouds(100), validation = test::three_clouds(40, 2);
  options.loss = nn::CrossEntropy{};
  options.batch = 16;
  options.seed = 11;
  options.validation = &validation;
  options.epochs = 5;
  nn::Sequential<> whole({2}, nn::parse_layers(layers), 5), parts = whole;
  const nn::Training at_once = nn::train(whole, data, options);
  REQUIRE(at_once.status == Status::converged);

  options.epochs = 2;
  const nn::Training first = nn::train(parts, data, options);
  REQUIRE(first.state.epochs == 2);
  options.epochs = 5;
  options.resume = &first.state;
  nn::Sequential<> other({2}, nn::parse_layers(layers), 99);  // its numbers come from the file
  const nn::Training rest = nn::train(other, data, options);
  test::check_same_curve(rest.epochs, at_once.epochs);
  test::check_same_state(rest.state, at_once.state);
  CHECK(other.parameters() == whole.parameters());
  CHECK(other.buffers() == whole.buffers());
}

}  // namespace

TEST_CASE("training: resumed, it goes the same way to the bit", "[nn]") {
  check_resumed("dense 8 relu, dropout 0.3, dense 3",
                {.rule = opt::Adam{.learning_rate = 0.02},
                 .schedule = opt::parse_schedule("warmup:5+cosine", 35)});
  check_resumed("dense 8, batchnorm, relu, dense 3",
                {.rule = opt::NAdam{.learning_rate = 0.02},
                 .schedule = opt::parse_schedule("plateau:0:0.5", 35),
                 .penalty = {.decoupled = 0.01},
                 .frozen = {0}});
  check_resumed("dense 8 tanh, dense 3",
                {.rule = opt::RmsProp{.learning_rate = 0.02, .momentum = 0.5, .centered = true},
                 .clipping = {.norm = 0.1}});
}

TEST_CASE("training: stopped within an epoch, it resumes at the end of the one before", "[nn]") {
  const nn::Dataset data = test::three_clouds(100);
  nn::TrainingOptions options{.loss = nn::CrossEntropy{}, .epochs = 4, .batch = 16, .seed = 2};
  nn::Sequential<> whole = test::small_network(), stopped = whole;
  const nn::Training at_once = nn::train(whole, data, options);

  std::atomic<bool> flag = false;
  options.run.stop = StopToken(flag);
  options.run.progress.listener = [&](std::int64_t done, std::int64_t total) {
    CHECK(total == 400);
    if (done >= 250) flag = true;
  };
  const nn::Training first = nn::train(stopped, data, options);
  CHECK(first.status == Status::stopped);
  CHECK(first.reason == "stopped on request, 2 of 4 epochs done");
  CHECK(first.state.epochs == 2);
  CHECK(first.best_epoch == 2);
  CHECK(stopped.parameters() == first.state.parameters);

  options.run = {};
  options.resume = &first.state;
  const nn::Training rest = nn::train(stopped, data, options);
  CHECK(rest.status == Status::converged);
  test::check_same_state(rest.state, at_once.state);
  CHECK(stopped.parameters() == whole.parameters());
}

TEST_CASE("training: the checkpoint of an epoch is made when it is asked for", "[nn]") {
  const nn::Dataset data = test::three_clouds(60);
  nn::Sequential<> network = test::small_network();
  std::vector<nn::Checkpoint> seen;
  const nn::Training training = nn::train(
      network, data,
      {.loss = nn::CrossEntropy{},
       .epochs = 3,
       .on_epoch = [&](const nn::Epoch& epoch, const std::function<nn::Checkpoint()>& checkpoint) {
         CHECK(epoch.epoch == std::ssize(seen) + 1);
         seen.push_back(checkpoint());
       }});
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].epochs == 1);
  test::check_same_state(seen[2], training.state);
}

TEST_CASE("training: a checkpoint of another training is refused", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  nn::TrainingOptions options{.loss = nn::CrossEntropy{}, .epochs = 1, .batch = 10};
  nn::Sequential<> network = test::small_network();
  const nn::Checkpoint good = nn::train(network, data, options).state;
  options.epochs = 2;
  const auto resumed = [&](const nn::Checkpoint& from) {
    options.resume = &from;
    return nn::train(network, data, options);
  };
  CHECK(resumed(good).status == Status::converged);
  options.batch = 15;
  CHECK_THROWS_WITH(resumed(good), ContainsSubstring("3 steps in 1 epochs"));
  options.batch = 10;
  options.rule = opt::Sgd{};
  CHECK_THROWS_WITH(resumed(good), ContainsSubstring("of another optimizer"));
  options.rule = opt::Adam{};
  nn::Checkpoint bad = good;
  bad.parameters.conservativeResize(4);
  CHECK_THROWS_AS(resumed(bad), DimensionError);
  bad = good;
  bad.rule.memory[1].conservativeResize(4);
  CHECK_THROWS_AS(resumed(bad), DimensionError);
  bad = good;
  bad.history.clear();
  CHECK_THROWS_AS(resumed(bad), DomainError);
  bad = good;
  bad.epochs = std::numeric_limits<std::int64_t>::max();  // times 3 steps is -3, wrapped round
  bad.steps = -3;
  CHECK_THROWS_WITH(resumed(bad), ContainsSubstring("-3 steps"));
  bad = good;
  bad.best_epoch = 1;
  CHECK_THROWS_WITH(resumed(bad), ContainsSubstring("best epoch"));
}
