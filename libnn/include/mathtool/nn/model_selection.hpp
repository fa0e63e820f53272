#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/nn/training.hpp"
#include "mathtool/stats/splits.hpp"

namespace mathtool::nn {

/// A network that is about to be trained on some observations and judged by others. Whatever is
/// fitted to data, as means to standardise by, must be fitted to `train` alone: else the test set
/// has a say, and the result flatters.
struct Experiment {
  Sequential<float> network;
  Dataset train = {}, test = {};
  std::optional<Dataset> validation = {};  ///< taken out of the training part, for an early stop
  TrainingOptions training = {};           ///< `validation` and the threads are seen to
  double target_center = 0, target_scale = 1;  ///< prediction = output · scale + center
};

/// Sets up the experiment of one split; `number` counts them from 0.
using MakeExperiment = FunctionRef<Experiment(const stats::Split& split, Index number)>;

/// What an experiment came to.
struct Finding {
  Index train_size = 0, test_size = 0;
  Evaluation train = {}, test = {};  ///< of the network as it was left, both in inference
  std::int64_t epochs = 0, best_epoch = 0;
  Status status = Status::converged;
  std::string reason = {};
};

/// Trains and judges. `outputs`, if given, gets the predictions for the test set.
/// Throws: as `train`; Stopped when `run.stop` is raised.
Finding run_experiment(Experiment& experiment, const RunControl& run = {},
                       Batch<float>* outputs = nullptr);

struct [[nodiscard]] CrossValidation {
  std::vector<Finding> folds = {};
  Batch<float> outputs = {};  ///< n × outputs: of each observation by the one network that has not
                              ///< seen it
  double loss = 0, loss_sd = 0;  ///< mean and standard deviation of the folds' test losses
  std::optional<double> accuracy = {}, accuracy_sd = {};
  Status status = Status::converged;  ///< of the first fold that fell short
  std::string reason = {};            ///< as in "fold 2: ..."
};

/// The folds of a data set: classes in proportion where there are classes.
stats::Folds make_folds(const Dataset& data, const stats::FoldOptions& options = {});

/// Trains once for each fold, on all others, and predicts it: what the network is worth on data
/// that it has not seen, with an idea of how much that varies.
///
/// Throws: DimensionError where an experiment has another number of outputs or of test
///         observations than its fold; Stopped.
/// Cost:   as many trainings as folds. `run.progress` counts them.
/// Ref:    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning (2009), §7.10.
CrossValidation cross_validate(const stats::Folds& folds, MakeExperiment make,
                               const RunControl& run = {});

/// Trainings on more and more of the training part, all judged by the same test part. Nested: each
/// has the observations of those before it. Where the losses of both are high and near each other,
/// the network is too simple or trained too little; where that of the test part stays far above,
/// more data would help, or a simpler network.
///
/// Pre:    sizes ascend, in [1, |split.train|].   Throws: DomainError; Stopped.
/// Cost:   as many trainings as sizes. `run.progress` counts them.
std::vector<Finding> learning_curve(const stats::Split& split, std::span<const Index> sizes,
                                    MakeExperiment make, std::uint64_t seed = 0,
                                    const RunControl& run = {});

}  // namespace mathtool::nn
