#pragma once

#include <map>
#include <string>

#include "cli/nn/network_experiment.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {

/// The model that a training makes, with what it was trained by, and where it can go on.
nn::Model trained_model(const PlannedExperiment& experiment, const NetworkTarget& target,
                        const TrainingSettings& settings, const nn::Checkpoint& state);

/// The same while it is still being trained: with the parameters that it would end with now.
nn::Model model_at(const PlannedExperiment& experiment, const NetworkTarget& target,
                   const TrainingSettings& settings, const nn::Checkpoint& state);

/// Throws: DataError where a model cannot go on with such data: it was trained to its end without a
///         checkpoint, or on other columns, classes or shapes.
void require_same_data(const nn::Model& model, const std::string& path,
                       const PlannedExperiment& experiment, const NetworkTarget& target);

/// Writes a model to be put in place at once.
void save_model(const nn::Model& model, const std::string& path);

}  // namespace mathtool::cli
