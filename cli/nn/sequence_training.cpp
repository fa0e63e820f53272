#include "cli/nn/sequence_training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/constant_expression.hpp"
#include "cli/nn/network_words.hpp"
#include "cli/nn/series_table.hpp"
#include "cli/nn/training_plan.hpp"
#include "cli/option_text.hpp"
#include "cli/progress_bar.hpp"
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

double share_of_steps(const std::string& text, const char* option, double otherwise) {
  const double value = text.empty() ? otherwise : constant_expression(text, option);
  require(value >= 0 && value < 1, "{} must be in [0, 1), got {}", option, text);
  return value;
}

/// The experiment that plan and data make.
PlannedExperiment plan_experiment(NetworkPlan&& plan, nn::Dataset&& train,
                                  std::optional<nn::Dataset>&& validation,
                                  const NetworkTarget& target, const TrainingSettings& settings) {
  nn::TrainingOptions training =
      plan_training(settings, plan, target, {.size = train.size(), .labels = {}});
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
  const Index window = options.window.value_or(100);
  nn::TextWindows parts = nn::text_windows(
      text, vocabulary,
      {.window = window,
       .validation = share_of_steps(settings.text("validation"), "--validation", 0.1)},
      options.text);
  SequenceTraining training{.target = {.classes = vocabulary.characters()}};
  TrainingRun run{.planned = plan_experiment(plan_text(settings, window, vocabulary),
                                             std::move(parts.training), std::move(parts.validation),
                                             training.target, settings)};
  run.planned.vocabulary = vocabulary;
  train_planned(run, training.target, settings, files, global, report);
  const nn::Experiment& experiment = run.planned.experiment;
  const nn::Dataset& judged = experiment.validation ? *experiment.validation : experiment.train;
  training.judged = nn::evaluate(experiment.network, judged, experiment.training.loss,
                                 run_control(global, "judging"));
  training.characters = (judged.targets.array() >= 0).count();
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
  const Index known =
      part(share_of_steps(options.held_out, "--held-out", 0.2), series.values.rows());
  const Index learnt = part(share_of_steps(settings.text("validation"), "--validation", 0), known);
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series.values, series.names, learnt,
                              {.window = options.window.value_or(12),
                               .horizon = options.horizon.value_or(1),
                               .logarithm = options.transform == "log",
                               .difference = options.difference.value_or(0)});
  std::optional<nn::Dataset> validation;
  if (learnt < known) validation = nn::series_windows(encoding, series.values, learnt, known);
  SequenceTraining training{.steps = encoding.options.horizon};
  TrainingRun run{.planned = plan_experiment(plan_series(settings, encoding),
                                             nn::series_windows(encoding, series.values, 0, learnt),
                                             std::move(validation), training.target, settings)};
  run.planned.series = encoding;
  train_planned(run, training.target, settings, files, global, report);
  if (known < series.values.rows() && run.training.status == Status::converged)
    training.forecasts =
        nn::compare_forecasts(run.planned.experiment.network, encoding, series.values, known,
                              {.steps = training.steps, .season = options.season.value_or(1)},
                              run_control(global, "judging"));
  training.result = std::make_shared<const TrainingResult>(TrainingResult{.run = std::move(run)});
  return training;
}

constexpr std::array forecast_methods = {"network", "naive", "seasonal naive"};

const nn::ForecastErrors& errors_by(const nn::ForecastComparison& comparison, std::size_t method) {
  const std::array found = {&comparison.network, &comparison.naive, &comparison.seasonal_naive};
  return *found[method];
}

Table forecast_table(const SequenceTraining& training) {
  Table table{.title = fmt::format(
                  "forecasts of the part held out, {} ahead",
                  training.steps == 1 ? "1 step" : fmt::format("1 to {} steps", training.steps)),
              .columns = {"column", "forecast", "mae", "rmse", "mase"},
              .rows = std::ssize(training.forecasts) * std::ssize(forecast_methods),
              .digits = 5};
  table.cell = [forecasts = training.forecasts](Index row, Index column) -> Cell {
    const auto& comparison = forecasts[static_cast<std::size_t>(row) / forecast_methods.size()];
    const std::size_t method = static_cast<std::size_t>(row) % forecast_methods.size();
    const nn::ForecastErrors& errors = errors_by(comparison, method);
    switch (column) {
      case 0: return comparison.column;
      case 1: return std::string(forecast_methods[method]);
      case 2: return errors.mae;
      case 3: return errors.rmse;
      default: return errors.mase;
    }
  };
  return table;
}

Json forecasts_json(const std::vector<nn::ForecastComparison>& forecasts) {
  Json list = Json::array();
  for (const nn::ForecastComparison& comparison : forecasts) {
    const auto errors_json = [](const nn::ForecastErrors& errors) {
      return Json{{"mae", errors.mae}, {"rmse", errors.rmse}, {"mase", errors.mase}};
    };
    list.push_back({{"column", comparison.column},
                    {"network", errors_json(comparison.network)},
                    {"naive", errors_json(comparison.naive)},
                    {"seasonal_naive", errors_json(comparison.seasonal_naive)}});
  }
  return list;
}

void report_text(const SequenceTraining& training, Report& report) {
  const bool held = training.result->run.planned.experiment.validation.has_value();
  const std::string part = held ? "validation part" : "training data";
  const double loss = training.judged.loss;
  report.screen.push_back(Paragraph{fmt::format(
      "{}, {} characters: {:.4g} nats ({:.4g} bits) per character, perplexity {:.4g}, {:.1f} % "
      "right",
      part, grouped_digits(training.characters), loss, loss / std::log(2.0), std::exp(loss),
      100 * training.judged.accuracy.value_or(0))});
  report.result = [training, part, of_training = report.result] {
    Json json = of_training();
    json["characters"] = training.target.classes.size();
    json["test"] = {{"on", part},
                    {"observations", training.characters},
                    {"loss", training.judged.loss},
                    {"accuracy", training.judged.accuracy.value_or(0)},
                    {"perplexity", std::exp(training.judged.loss)}};
    return json;
  };
}

void report_series(const SequenceTraining& training, Report& report) {
  if (!training.forecasts.empty()) report.screen.push_back(forecast_table(training));
  report.result = [training, of_training = report.result] {
    Json json = of_training();
    if (training.forecasts.empty()) return json;
    const nn::ForecastErrors& first = training.forecasts.front().network;
    json["test"] = {{"on", "held-out part"},
                    {"mae", first.mae},
                    {"rmse", first.rmse},
                    {"mase", first.mase},
                    {"steps", training.steps}};
    json["forecasts"] = forecasts_json(training.forecasts);
    return json;
  };
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
  if (training.result->run.planned.series)
    report_series(training, report);
  else
    report_text(training, report);
}

}  // namespace mathtool::cli
