#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "cli/nn/network_plan.hpp"
#include "cli/nn/training_settings.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {

/// What is to be trained on: how many observations, and of classes the number of each one's.
struct TrainingPart {
  Index size = 0;
  Index all = 0;  ///< observations that there are: folds train as long as the network that is saved
  std::span<const Index> labels = {};
  bool images = false;
};

/// How to train a network on these observations as the settings ask. The loss gets the weights of
/// the classes. Throws: DomainError that names the setting which is out of range.
nn::TrainingOptions plan_training(const TrainingSettings& settings, const NetworkPlan& network,
                                  const NetworkTarget& target, const TrainingPart& part);

/// The share of the observations to be set aside to choose the best epoch; 0: none.
/// Throws: DomainError.
double validation_share(const TrainingSettings& settings, Index observations);

/// The seed of a training. Pre: the settings know it.
std::uint64_t training_seed(const TrainingSettings& settings);

}  // namespace mathtool::cli
