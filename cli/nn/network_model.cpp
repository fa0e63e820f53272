#include "cli/nn/network_model.hpp"

#include <fmt/core.h>

#include "mathtool/data/output_file.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

nn::Model trained_model(const PlannedExperiment& experiment, const NetworkTarget& target,
                        const TrainingSettings& settings, const nn::Checkpoint& state) {
  const nn::TableEncoding& encoding = experiment.encoding;
  return {.network = experiment.experiment.network,
          .loss = experiment.experiment.training.loss,
          .classes = target.classes,
          .target = target.name,
          .columns = encoding.columns,
          .target_center = encoding.target_center,
          .target_scale = encoding.target_scale,
          .feature_scale = experiment.experiment.train.feature_scale(),
          .vocabulary = experiment.vocabulary,
          .series = experiment.series,
          .training = settings.record(),
          .checkpoint = state};
}

nn::Model model_at(const PlannedExperiment& experiment, const NetworkTarget& target,
                   const TrainingSettings& settings, const nn::Checkpoint& state) {
  nn::Model model = trained_model(experiment, target, settings, state);
  const bool best = experiment.experiment.validation && state.best_epoch > 0;
  model.network.parameters() = best ? state.best_parameters : state.parameters;
  model.network.buffers() = best ? state.best_buffers : state.buffers;
  return model;
}

void require_same_data(const nn::Model& model, const std::string& path,
                       const PlannedExperiment& experiment, const NetworkTarget& target) {
  require<DataError>(model.checkpoint.has_value(), "{} holds no checkpoint to go on from", path);
  const nn::Architecture& kept = model.network.architecture();
  const nn::Architecture& made = experiment.experiment.network.architecture();
  const char* other = nullptr;
  if (model.classes != target.classes)
    other = "classes";
  else if (model.target != target.name)
    other = "a target";
  else if (model.columns != experiment.encoding.columns)
    other = "columns, levels or values";
  else if (kept.input() != made.input())
    other = "inputs";
  else if (model.series != experiment.series)
    other = "windows or values";
  require<DataError>(!other,
                     "{} was trained on data of other {} than these; a training goes on with the "
                     "same data",
                     path, other ? other : "");
  require<DataError>(kept.layers() == made.layers(), "{} has the layers '{}', not '{}'", path,
                     nn::to_string(kept.layers()), nn::to_string(made.layers()));
}

void save_model(const nn::Model& model, const std::string& path) {
  data::OutputFile file(path);
  nn::write_model(model, file);
  file.commit();
}

}  // namespace mathtool::cli
