#pragma once

#include <vector>

#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::nn {

/// The second half of a training step: from the gradients of the shards to new parameters. These
/// are cut into fixed blocks, each within one array, which are added up and stepped independently
/// of each other, while they are in the cache; so threads do not change the bits.
///
/// A step is taken as `opt::Descent` takes it: clip, add L1 and L2, decay, the rule's own step.
/// Rules work coordinate by coordinate, hence a rule state for each block is one for the whole.
class ParameterUpdate {
 public:
  /// `frozen` tells for each node whether it keeps its parameters.
  ParameterUpdate(const Architecture& architecture, const TrainingOptions& options,
                  const std::vector<bool>& frozen);

  /// One step with the gradient that is in `propagation`. Returns its norm before clipping where
  /// that is wanted, else 0.
  double step(const Propagation<float>& propagation, double rate, bool norm_wanted,
              Parameters<float>& parameters);

  /// The rule's state as one of all parameters; that of frozen ones is as at the start.
  opt::RuleState<float> state() const;

  /// Throws: DomainError for a state of another rule, DimensionError for one of another length.
  void restore(const opt::RuleState<float>& state);

 private:
  struct Block {
    Index begin = 0, size = 0;
    bool weight = true;
    opt::RuleState<float> state = {};
  };

  opt::AnyRule rule_;
  opt::Clipping clipping_;
  opt::Penalty penalty_;
  int threads_;
  std::vector<Block> blocks_;
  Parameters<float> gradient_;   ///< 0 where frozen
  std::vector<double> squares_;  ///< of each block: the norm of its gradient, squared
};

/// The rate of a rule that no schedule has changed.
double learning_rate_of(const opt::AnyRule& rule);

}  // namespace mathtool::nn
