#pragma once

#include <memory>
#include <string>

#include "cli/nn/network_experiment.hpp"
#include "cli/nn/prediction_score.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Where a training leaves its traces; empty: nowhere.
struct TrainingFiles {
  std::string save = {}, resume = {}, log = {};
};

/// What one training came to.
struct TrainingRun {
  PlannedExperiment planned;
  nn::Training training = {};
  /// Of test data, else of the validation part, else of all; none where outputs are not finite.
  std::shared_ptr<const PredictionScore> score = {};
};

/// What k-fold cross-validation came to, and the score of its predictions, if they are finite.
struct CrossValidationRun {
  nn::CrossValidation validation = {};
  std::shared_ptr<const PredictionScore> score = {};
};

/// Trains for each of so many folds on the others. Throws: DomainError for fewer than 2 folds or
/// more than observations; Stopped.
CrossValidationRun run_folds(const NetworkData& data, const TrainingSettings& settings, Index folds,
                             const GlobalOptions& global);

/// Trains what is planned, and goes on where --resume says.
void train_planned(TrainingRun& run, const NetworkTarget& target, const TrainingSettings& settings,
                   const TrainingFiles& files, const GlobalOptions& global, Report& report);

/// Trains on all data. Epochs are told to the log, to a progress bar and under -v to stderr. With
/// --save the model stands there from time to time, and when a user stops the training.
/// Throws: DataError where files cannot be read or written; Stopped, after saving.
TrainingRun run_training(const NetworkData& data, const NetworkDataOptions& options,
                         const TrainingSettings& settings, const TrainingFiles& files,
                         const GlobalOptions& global, Report& report);

}  // namespace mathtool::cli
