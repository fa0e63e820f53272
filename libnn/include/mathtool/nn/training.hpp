#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/nn/augmentation.hpp"
#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/loss.hpp"
#include "mathtool/nn/sequential.hpp"
#include "mathtool/opt/clipping.hpp"
#include "mathtool/opt/penalty.hpp"
#include "mathtool/opt/rules/all.hpp"
#include "mathtool/opt/schedule.hpp"

namespace mathtool::nn {

/// What one epoch came to. Training figures are means over the batches as they were seen, while
/// the network changed; validation figures are those of the network at the end of the epoch.
struct Epoch {
  std::int64_t epoch = 0;               ///< from 1
  double loss = 0;                      ///< without penalties
  std::optional<double> accuracy = {};  ///< of classes; share of right ones
  std::optional<double> validation_loss = {}, validation_accuracy = {};
  double learning_rate = 0;  ///< of the last step
  double gradient_norm = 0;  ///< of the last step, before clipping
  double seconds = 0;        ///< wall time; no part of any file that must repeat
};

/// Everything that a training needs to go on as if it had not been interrupted.
struct Checkpoint {
  std::int64_t epochs = 0, steps = 0;  ///< done
  std::vector<Epoch> history = {};
  Parameters<float> parameters = {}, buffers = {};            ///< at the end of the last epoch
  Parameters<float> best_parameters = {}, best_buffers = {};  ///< of the best epoch
  std::int64_t best_epoch = 0;                                ///< 0: none yet
  opt::RuleState<float> rule = {};  ///< each vector as long as the parameters
  opt::ScheduleState schedule = {};
};

struct TrainingOptions {
  Loss loss = SquaredError{};
  opt::AnyRule rule = opt::Adam{};
  opt::Schedule schedule = {};  ///< counted in steps; a plateau judges epochs
  opt::Clipping clipping = {};  ///< `norm` is by array of parameters
  opt::Penalty penalty = {};    ///< of weights alone; not part of the loss reported
  std::int64_t epochs = 10;     ///< ≥ 0; in all, those of a checkpoint among them
  Index batch = 32;             ///< ≥ 1
  bool shuffle = true;
  std::vector<Augmentation> augmentation = {};  ///< of training images alone
  std::uint64_t seed = 0;          ///< of the order, of dropout and of the augmentation
  std::int64_t early_stop = 0;     ///< epochs without a better validation loss; 0: never
  std::vector<Index> frozen = {};  ///< layers of the outermost level, from 0, that keep their
                                   ///< parameters
  const Dataset* validation = nullptr;
  const Checkpoint* resume = nullptr;
  /// Told after every epoch; the checkpoint is made only when asked for.
  std::function<void(const Epoch&, const std::function<Checkpoint()>&)> on_epoch = {};
  RunControl run = {};  ///< progress counts observations
};

/// How a training ended. Wherever it ended, the network holds the parameters of the best epoch if
/// there is a validation set, else those of the last epoch whose loss and parameters are finite.
struct [[nodiscard]] Training {
  std::vector<Epoch> epochs = {};
  std::int64_t best_epoch = 0;  ///< whose parameters the network holds; 0: the initial ones
  /// converged: all epochs done, or an early stop; not_finite: `reason` names layer and remedy;
  /// divergent: finite, but a thousand times the loss of outputs that are all 0; stopped.
  Status status = Status::converged;
  std::string reason = {};
  Checkpoint state = {};  ///< at the end of the last whole epoch
};

/// Makes the mean loss over the data small, by mini-batches.
///
/// Shapes: observations and targets fit the network and the loss.
/// Throws: DimensionError, DomainError for settings and for a checkpoint of other settings.
/// Cost:   per epoch about three forward passes; memory for one batch of activations, a gradient
///         for each shard and the state of the rule.
/// Ref:    Goodfellow, Bengio & Courville, Deep Learning (2016), chapter 8.
Training train(Sequential<float>& network, const Dataset& data, const TrainingOptions& options);

/// What a network is worth on some data.
struct Evaluation {
  double loss = 0;
  std::optional<double> accuracy = {};  ///< of classes; the first of equal logits counts
};

/// Loss and accuracy of a network in inference.
/// Throws: DimensionError, DomainError for data that do not fit; Stopped.
Evaluation evaluate(const Sequential<float>& network, const Dataset& data, const Loss& loss,
                    const RunControl& run = {});

/// Outputs for all observations of a data set, n × outputs; targets are not looked at.
/// Throws: DimensionError; Stopped.
Batch<float> predict(const Sequential<float>& network, const Dataset& data,
                     const RunControl& run = {});

}  // namespace mathtool::nn
