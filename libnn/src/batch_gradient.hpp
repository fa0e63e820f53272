#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"
#include "right_answers.hpp"

namespace mathtool::nn {

/// Sums over the observations of a batch.
struct BatchOutcome {
  double loss = 0, weight = 0;
  RightAnswers answers = {};
};

/// The first half of a training step: the loss of a batch, and its gradient in shards.
class BatchGradient {
 public:
  /// Everything handed in must outlive it. `frozen` tells for each node whether it keeps its
  /// parameters, and what it would learn as a running mean.
  BatchGradient(Sequential<float>& network, const Dataset& data, const TrainingOptions& options,
                std::vector<bool> frozen);

  /// `step` numbers the batches of the training: what dropout and augmentation draw depends
  /// on it.
  BatchOutcome differentiate(std::span<const Index> rows, std::int64_t step);

  /// What the last batch left.
  const Propagation<float>& propagation() const { return propagation_; }
  ConstRows<float> targets() const { return {targets_.data(), rows_, targets_.cols()}; }

 private:
  Sequential<float>& network_;
  const Dataset& data_;
  const Loss& loss_;
  const std::vector<Augmentation>& augmentation_;
  std::uint64_t augmentation_seed_;
  PassOptions pass_;
  Propagation<float> propagation_;
  Batch<float> targets_;
  Index rows_ = 0;
  std::vector<BatchOutcome> outcomes_;  ///< of each shard
};

/// Seeds of what is random in a training, each for a purpose of its own.
struct TrainingSeeds {
  std::uint64_t order = 0, dropout = 0, augmentation = 0;
};
TrainingSeeds training_seeds(std::uint64_t seed);

}  // namespace mathtool::nn
