#pragma once

#include <memory>
#include <optional>

#include "cli/nn/training_run.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// What `nn train` reports: one training on all data, before it perhaps one for each fold.
struct TrainingResult {
  TrainingRun run;
  std::optional<CrossValidationRun> folds = {};

  /// By which the report judges: the folds' if there are any.
  const std::shared_ptr<const PredictionScore>& score() const {
    return folds ? folds->score : run.score;
  }
};

/// Fills screen, main table, result, figure, status and notes of a report.
void report_training(const std::shared_ptr<const TrainingResult>& result, Report& report);

}  // namespace mathtool::cli
