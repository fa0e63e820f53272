#include "cli/nn/sequence_training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/nn/network_words.hpp"
#include "cli/nn/series_table.hpp"
#include "cli/nn/training_plan.hpp"
#include "cli/option_text.hpp"
#include "cli/text_file.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/text_data.hpp"

namespace mathtool::cli {
namespace {

std::vector<nn::Layer> layers_or(const TrainingSettings& settings, const char* otherwise) {
  return parse_layers_option(settings.text_or("layers", otherwise), "--layers");
}

/// The loss that was asked for, one of those that a sequence can have.
template <class... Kinds>
nn::Loss loss_or(const TrainingSettings& settings, const nn::Loss& otherwise,
                 std::string_view fitting) {
  for (const char* name : {"label-smoothing", "class-weights"})
    require(!settings.given(name), "--{} is not of sequences; leave it out", name);
  const std::string text = settings.text_or("loss", "auto");
  const nn::Loss loss =
      text == "auto" ? otherwise : read_option("--loss", [&] { return nn::parse_loss(text); });
  require((std::holds_alternative<Kinds>(loss.kind()) || ...), "--loss {} does not go with {}",
          text, fitting);
  return loss;
}

NetworkPlan plan_text(const TrainingSettings& settings, Index window,
                      const nn::Vocabulary& vocabulary) {
  NetworkPlan plan{.input = {window},
                   .layers = nn::with_vocabulary(layers_or(settings, "embedding 32, lstm 128 all"),
                                                 vocabulary.size()),
                   .loss = loss_or<nn::CrossEntropy>(settings, nn::CrossEntropy{},
                                                     "--text, which takes cross_entropy")};
  const nn::Shape output = nn::Architecture(plan.input, plan.layers).output();
  require(output == nn::Shape{window, vocabulary.size()},
          "the layers give outputs {}, where {} characters in windows of {} take {}: end them with "
          "a recurrent layer of 'all' its steps, as in 'embedding 32, lstm 128 all'",
          shape_text(output), vocabulary.size(), window, shape_text({window, vocabulary.size()}));
  return plan;
}

NetworkPlan plan_series(const TrainingSettings& settings, const nn::SeriesEncoding& encoding) {
  const std::vector<nn::Layer> layers = nn::with_horizon(layers_or(settings, "lstm 32"), encoding);
  NetworkPlan plan{.input = nn::series_input(encoding, layers),
                   .layers = layers,
                   .loss = loss_or<nn::SquaredError, nn::Huber>(
                       settings, nn::SquaredError{}, "--series, which takes mse or huber")};
  const Index wanted = encoding.options.horizon * encoding.width();
  const nn::Shape output = nn::Architecture(plan.input, plan.layers).output();
  require(math::element_count(output) == wanted,
          "the layers give outputs {}, where a horizon of {} for {} columns takes {}",
          shape_text(output), encoding.options.horizon, encoding.width(), wanted);
  return plan;
}

/// The experiment that plan and data make.
PlannedExperiment plan_experiment(NetworkPlan&& plan, nn::Dataset&& train,
                                  std::optional<nn::Dataset>&& validation,
                                  const NetworkTarget& target, const TrainingSettings& settings) {
  nn::TrainingOptions training = plan_training(
      settings, plan, target, {.size = train.size(), .all = train.size(), .labels = {}});
  require(training.early_stop == 0 || validation.has_value(),
          "--early-stop needs a part that is set aside: give its share with --validation");
  nn::Experiment experiment{
      .network = nn::Sequential<float>(plan.input, plan.layers, training_seed(settings)),
      .train = std::move(train),
      .validation = std::move(validation),
      .training = std::move(training)};
  return {.experiment = std::move(experiment), .plan = std::move(plan)};
}

SequenceTraining train_text(const SequenceOptions& options, const TrainingSettings& settings,
                            const TrainingFiles& files, const GlobalOptions& global,
                            Report& report) {
  const std::string text = read_text(options.text);
  const nn::Vocabulary vocabulary = nn::vocabulary_of(text, options.text);
  require<InsufficientDataError>(
      vocabulary.size() >= 2, "{}: one character alone, '{}'; there is nothing to learn",
      options.text, vocabulary.size() == 1 ? vocabulary.characters()[0] : "");
  const Index window = options.window.value_or(100);
  nn::TextWindows parts = nn::text_windows(
      text, vocabulary,
      {.window = window,
       .validation = share_option(settings.text("validation"), "--validation", 0.1)},
      options.text);
  SequenceTraining training{.target = {.classes = vocabulary.characters()}};
  TrainingRun run{.planned = plan_experiment(plan_text(settings, window, vocabulary),
                                             std::move(parts.training), std::move(parts.validation),
                                             training.target, settings)};
  run.planned.vocabulary = vocabulary;
  train_planned(run, training.target, settings, files, global, report);
  const nn::Experiment& experiment = run.planned.experiment;
  training.text = score_text(experiment.network,
                             experiment.validation ? *experiment.validation : experiment.train,
                             experiment.training.loss,
                             experiment.validation ? "validation part" : "training data", global);
  training.result = std::make_shared<const TrainingResult>(TrainingResult{.run = std::move(run)});
  return training;
}

SequenceTraining train_series(const SequenceOptions& options, const TableOptions& table,
                              const TrainingSettings& settings, const TrainingFiles& files,
                              const GlobalOptions& global, Report& report) {
  TableOptions there = table;
  there.path = options.series;
  const SeriesTable series = read_series(there, global, report);
  const auto part = [](double share, Index steps) {
    return steps - static_cast<Index>(std::floor(share * static_cast<double>(steps)));
  };
  const Index known = part(share_option(options.held_out, "--held-out", 0.2), series.values.rows());
  const Index learnt = part(share_option(settings.text("validation"), "--validation", 0), known);
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series.values, series.names, learnt,
                              {.window = options.window.value_or(12),
                               .horizon = options.horizon.value_or(1),
                               .logarithm = options.transform == "log",
                               .difference = options.difference.value_or(0)});
  require<InsufficientDataError>(
      std::ranges::any_of(encoding.columns, [](const nn::TableColumn& c) { return c.scale > 0; }),
      "{}: column '{}' is the same in every step to learn from{}; there is nothing to learn",
      there.path, encoding.columns[0].name,
      encoding.options.difference > 0 ? " after differences" : "");
  std::optional<nn::Dataset> validation;
  if (learnt < known) validation = nn::series_windows(encoding, series.values, learnt, known);
  SequenceTraining training;
  TrainingRun run{.planned = plan_experiment(plan_series(settings, encoding),
                                             nn::series_windows(encoding, series.values, 0, learnt),
                                             std::move(validation), training.target, settings)};
  run.planned.series = encoding;
  train_planned(run, training.target, settings, files, global, report);
  if (known < series.values.rows() && run.training.status == Status::converged)
    training.series = score_series(run.planned.experiment.network, encoding, series.values, known,
                                   options.season.value_or(1), "held-out part", global);
  training.result = std::make_shared<const TrainingResult>(TrainingResult{.run = std::move(run)});
  return training;
}

}  // namespace

SequenceTraining train_sequence(const SequenceOptions& options, const TableOptions& table,
                                const TrainingSettings& settings, const TrainingFiles& files,
                                const GlobalOptions& global, Report& report) {
  return options.series.empty() ? train_text(options, settings, files, global, report)
                                : train_series(options, table, settings, files, global, report);
}

void report_sequence(const SequenceTraining& training, Report& report) {
  report_training(training.result, report);
  if (training.text) report.screen.push_back(text_line(*training.text));
  if (training.series) report.screen.push_back(forecast_table(*training.series));
  report.result = [training, of_training = report.result] {
    Json json = of_training();
    if (training.text) {
      json["characters"] = training.target.classes.size();
      json["test"] = text_json(*training.text);
    }
    if (training.series) {
      json["test"] = series_json(*training.series);
      json["forecasts"] = forecasts_json(*training.series);
    }
    return json;
  };
}

}  // namespace mathtool::cli
