#include "cli/nn/training_run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "cli/interrupt.hpp"
#include "cli/nn/epoch_log.hpp"
#include "cli/nn/network_model.hpp"
#include "cli/nn/training_plan.hpp"
#include "cli/progress_bar.hpp"
#include "cli/standard_error.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// A checkpoint costs as much as some steps do; a crash costs what came after it.
constexpr std::chrono::seconds between_checkpoints{30};

/// What is told of a training while it goes on.
class TrainingWatch {
 public:
  TrainingWatch(const PlannedExperiment& planned, const NetworkTarget& target,
                const TrainingSettings& settings, const TrainingFiles& files,
                const GlobalOptions& global, std::int64_t epochs_done)
      : planned_(planned),
        target_(target),
        settings_(settings),
        save_(files.save),
        verbose_(global.verbose && !global.quiet),
        epochs_(planned.experiment.training.epochs),
        bar_(std::make_shared<ProgressBar>(fmt::format("epoch {}/{}", epochs_done + 1, epochs_),
                                           ProgressUnit{.name = "k samples", .size = 1e3},
                                           epochs_done * planned.experiment.train.size())) {
    if (!files.log.empty()) log_.emplace(files.log, epochs_done);
  }

  const std::shared_ptr<ProgressBar>& bar() const { return bar_; }

  void operator()(const nn::Epoch& epoch, const std::function<nn::Checkpoint()>& checkpoint) {
    if (log_) log_->write(epoch);
    if (verbose_) {
      erase_progress();
      write_stderr_line(epoch_line(epoch, epochs_));
    }
    std::string task = fmt::format("epoch {}/{}  loss {:.3g}", std::min(epoch.epoch + 1, epochs_),
                                   epochs_, epoch.validation_loss.value_or(epoch.loss));
    if (epoch.accuracy)
      task += fmt::format("  acc {:.3f}", epoch.validation_accuracy.value_or(*epoch.accuracy));
    bar_->rename(std::move(task));
    const auto now = std::chrono::steady_clock::now();
    if (save_.empty() || now - saved_ < between_checkpoints) return;
    saved_ = now;
    save_model(model_at(planned_, target_, settings_, checkpoint()), save_);
  }

 private:
  const PlannedExperiment& planned_;
  const NetworkTarget& target_;
  const TrainingSettings& settings_;
  std::string save_;
  bool verbose_;
  std::int64_t epochs_;
  std::shared_ptr<ProgressBar> bar_;
  std::optional<EpochLog> log_ = {};
  std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
};

/// Saves where the training stands, so that it can go on from there.
[[noreturn]] void leave(const TrainingRun& run, const NetworkTarget& target,
                        const TrainingSettings& settings, const TrainingFiles& files,
                        const GlobalOptions& global) {
  const nn::Checkpoint& state = run.training.state;
  if (!files.save.empty() && state.epochs > 0) {
    save_model(model_at(run.planned, target, settings, state), files.save);
    erase_progress();
    if (!global.quiet)
      write_stderr_line(fmt::format(
          "note: stopped after {} of {} epochs; go on with the same command and --resume {}",
          state.epochs, run.planned.experiment.training.epochs, files.save));
  }
  throw Stopped();
}

/// Nothing can be said of outputs that are not finite.
std::shared_ptr<const PredictionScore> score_finite(const PredictionSample& sample,
                                                    const nn::Loss& loss) {
  if (!sample.outputs->allFinite()) return nullptr;
  return std::make_shared<const PredictionScore>(score_predictions(sample, loss));
}

std::shared_ptr<const PredictionScore> judge(const TrainingRun& run, const NetworkData& data,
                                             bool has_test, const RunControl& control) {
  const nn::Experiment& experiment = run.planned.experiment;
  const nn::Dataset& judged = has_test                ? experiment.test
                              : experiment.validation ? *experiment.validation
                                                      : experiment.train;
  const nn::Batch<float> outputs = nn::predict(experiment.network, judged, control);
  const nn::Loss& loss = experiment.training.loss;
  return score_finite({.part = has_test                ? "test data"
                               : experiment.validation ? "validation part"
                                                       : "training data",
                       .target = data.target().name,
                       .data = &judged,
                       .outputs = &outputs,
                       .loss = nn::evaluate(experiment.network, judged, loss, control).loss,
                       .target_center = experiment.target_center,
                       .target_scale = experiment.target_scale},
                      loss);
}

}  // namespace

TrainingRun run_training(const NetworkData& data, const NetworkDataOptions& options,
                         const TrainingSettings& settings, const TrainingFiles& files,
                         const GlobalOptions& global, Report& report) {
  const ExperimentPlanner planner(data, settings);
  TrainingRun run{.planned = planner.plan(planner.everything())};
  nn::Experiment& experiment = run.planned.experiment;
  if (options.has_test()) {
    DividedData parts{.train = {.shape = experiment.train.shape}, .encoding = run.planned.encoding};
    data.read_test(options, global, report, parts);
    experiment.test = std::move(parts.test);
    if (data.images())
      require_readable(experiment.test, experiment.network.architecture(), options.test_images);
  }
  train_planned(run, data.target(), settings, files, global, report);
  run.score = judge(run, data, options.has_test(), run_control(global, "judging"));
  return run;
}

void train_planned(TrainingRun& run, const NetworkTarget& target, const TrainingSettings& settings,
                   const TrainingFiles& files, const GlobalOptions& global, Report& report) {
  nn::Experiment& experiment = run.planned.experiment;
  std::optional<nn::Model> begun;
  if (!files.resume.empty()) {
    begun = nn::read_model(files.resume);
    require_same_data(*begun, files.resume, run.planned, target);
    require(begun->checkpoint->epochs <= experiment.training.epochs,
            "{}: epochs trained so far: {}; --epochs {} counts these too, ask for more",
            files.resume, begun->checkpoint->epochs, experiment.training.epochs);
    experiment.training.resume = &*begun->checkpoint;
  }
  report.decisions.push_back(fmt::format("{} epochs in batches of {} by {}",
                                         experiment.training.epochs, experiment.training.batch,
                                         settings.text_or("optimizer", "adam")));
  TrainingWatch watch(run.planned, target, settings, files, global,
                      begun ? begun->checkpoint->epochs : 0);
  experiment.training.validation = experiment.validation ? &*experiment.validation : nullptr;
  experiment.training.on_epoch = [&watch](const nn::Epoch& epoch, const auto& checkpoint) {
    watch(epoch, checkpoint);
  };
  experiment.training.run = run_control(global, watch.bar());
  run.training = nn::train(experiment.network, experiment.train, experiment.training);
  experiment.training.resume = nullptr;
  experiment.training.on_epoch = {};
  erase_progress();
  if (run.training.status == Status::stopped) leave(run, target, settings, files, global);
}

CrossValidationRun run_folds(const NetworkData& data, const TrainingSettings& settings, Index folds,
                             const GlobalOptions& global) {
  const ExperimentPlanner planner(data, settings);
  const nn::Dataset truth = data.truth();
  const stats::FoldOptions options{.folds = folds, .seed = training_seed(settings)};
  require(folds >= 2 && folds <= truth.size(),
          "--folds must be between 2 and the {} observations, got {}", truth.size(), folds);
  const auto bar = std::make_shared<ProgressBar>(fmt::format("{} folds", folds),
                                                 ProgressUnit{.name = "folds", .size = 1});
  nn::Loss loss = nn::SquaredError{};
  // Folds are standardised each by itself. A float holds what they predict in units of all data.
  const nn::TableEncoding all = data.encoding_of_all();
  CrossValidationRun run{.validation = nn::cross_validate(
                             nn::make_folds(truth, options),
                             [&](const stats::Split& split, Index) {
                               PlannedExperiment planned = planner.plan(split);
                               nn::Experiment& experiment = planned.experiment;
                               loss = experiment.training.loss;
                               experiment.target_center =
                                   (experiment.target_center - all.target_center) /
                                   all.target_scale;
                               experiment.target_scale /= all.target_scale;
                               return std::move(experiment);
                             },
                             run_control(global, bar))};
  erase_progress();
  run.score = score_finite({.part = "held-out folds",
                            .target = data.target().name,
                            .data = &truth,
                            .outputs = &run.validation.outputs,
                            .loss = run.validation.loss,
                            .target_center = all.target_center,
                            .target_scale = all.target_scale},
                           loss);
  return run;
}

}  // namespace mathtool::cli
