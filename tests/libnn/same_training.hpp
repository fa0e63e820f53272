#pragma once

#include <vector>

#include "mathtool/nn/training.hpp"
#include "support/catch.hpp"

// What tests of training share: a network, and trainings that must be the same to the bit.

namespace mathtool::test {

inline nn::Sequential<> small_network(std::uint64_t seed = 3) {
  return {{2}, nn::parse_layers("dense 8 tanh, dense 3"), seed};
}

inline void check_same_curve(const std::vector<nn::Epoch>& a, const std::vector<nn::Epoch>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    INFO("epoch " << i + 1);
    CHECK(a[i].epoch == b[i].epoch);
    CHECK(a[i].loss == b[i].loss);
    CHECK(a[i].accuracy == b[i].accuracy);
    CHECK(a[i].validation_loss == b[i].validation_loss);
    CHECK(a[i].validation_accuracy == b[i].validation_accuracy);
    CHECK(a[i].learning_rate == b[i].learning_rate);
    CHECK(a[i].gradient_norm == b[i].gradient_norm);
  }
}

inline void check_same_state(const nn::Checkpoint& a, const nn::Checkpoint& b) {
  CHECK(a.epochs == b.epochs);
  CHECK(a.steps == b.steps);
  CHECK(a.parameters == b.parameters);
  CHECK(a.buffers == b.buffers);
  CHECK(a.best_epoch == b.best_epoch);
  CHECK(a.best_parameters == b.best_parameters);
  CHECK(a.best_buffers == b.best_buffers);
  CHECK(a.rule.steps == b.rule.steps);
  CHECK(a.rule.memory == b.rule.memory);
  CHECK(a.rule.numbers == b.rule.numbers);
  CHECK(a.schedule.steps == b.schedule.steps);
  CHECK(a.schedule.best == b.schedule.best);
  CHECK(a.schedule.bad_steps == b.schedule.bad_steps);
  check_same_curve(a.history, b.history);
}

}  // namespace mathtool::test
