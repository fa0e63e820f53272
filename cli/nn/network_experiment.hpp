#pragma once

#include <cstdint>

#include "cli/nn/network_data.hpp"
#include "cli/nn/network_plan.hpp"
#include "cli/nn/training_settings.hpp"
#include "mathtool/nn/model_selection.hpp"

namespace mathtool::cli {

/// An experiment and how it was planned.
struct PlannedExperiment {
  nn::Experiment experiment;
  NetworkPlan plan = {};
  nn::TableEncoding encoding = {};
  nn::Vocabulary vocabulary = {};                 ///< of a text
  std::optional<nn::SeriesEncoding> series = {};  ///< of a time series
  Index taken_over = 0;  ///< layers that begin with the numbers of another network
};

/// Sets up trainings on parts of the data as the settings ask.
class ExperimentPlanner {
 public:
  /// Both must outlive it.
  ExperimentPlanner(const NetworkData& data, const TrainingSettings& settings)
      : data_(data), settings_(settings) {}

  /// A share of the training part is set aside to choose the best epoch; of classes in proportion.
  /// Throws: as plan_network and plan_training; InsufficientDataError for too few observations.
  PlannedExperiment plan(const stats::Split& split) const;

  /// All observations to train on.
  stats::Split everything() const;

 private:
  const NetworkData& data_;
  const TrainingSettings& settings_;
};

}  // namespace mathtool::cli
