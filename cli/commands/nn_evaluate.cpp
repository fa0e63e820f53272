#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/nn/network_data.hpp"
#include "cli/nn/prediction_score.hpp"
#include "cli/nn/sequence_options.hpp"
#include "cli/nn/sequence_score.hpp"
#include "cli/nn/series_table.hpp"
#include "cli/nn/training_figure.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "cli/text_file.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/text_data.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model;
  NetworkDataOptions data;
  SequenceOptions sequence;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that nn train --save wrote");
  settings.data.declare(options, true);
  settings.sequence.declare_scoring(options);
  settings.data.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  if (!settings.sequence.given()) settings.data.check(true, false);
  settings.sequence.check_source(settings.data);
  require(settings.data.table.columns.empty(), "the model knows its columns: leave --columns out");
  return global;
}

void judge_text(const Settings& settings, const nn::Model& model, const GlobalOptions& global,
                Report& report) {
  require(model.vocabulary.size() > 0,
          "{} was not trained on a text: mathtool nn train --text FILE", settings.model);
  const std::string& path = settings.sequence.text;
  const nn::TextWindows windows = nn::text_windows(
      read_text(path), model.vocabulary, {.window = model.network.architecture().input()[0]}, path);
  const TextScore score = score_text(model.network, windows.training, model.loss, path, global);
  report.main = text_table(score);
  report.screen.push_back(text_line(score));
  report.result = [score] { return text_json(score); };
}

void judge_series(const Settings& settings, const nn::Model& model, const GlobalOptions& global,
                  Report& report) {
  require(model.series.has_value(),
          "{} was not trained on a series: mathtool nn train --series FILE -c COLUMNS",
          settings.model);
  const SequenceOptions& options = settings.sequence;
  TableOptions table = settings.data.table;
  table.path = options.series;
  std::vector<std::string> names;
  for (const nn::TableColumn& column : model.series->columns) names.push_back(column.name);
  const SeriesTable series = read_series(table, names, settings.model, global, report);
  const Index steps = series.values.rows(), season = options.season.value_or(1);
  const Index least = std::max<Index>(model.series->history(), season + 1);
  const double share = share_option(options.held_out, "--held-out", 0);
  const Index known =
      share > 0 ? steps - static_cast<Index>(std::floor(share * static_cast<double>(steps)))
                : least;
  require<InsufficientDataError>(
      known >= least && known + model.series->options.horizon <= steps,
      "{}: {} steps, {} of them to look back on; forecasts take {} before them, and {} to judge by",
      options.series, steps, std::min(known, steps), least, model.series->options.horizon);
  const SeriesScore score =
      score_series(model.network, *model.series, series.values, known, season,
                   fmt::format("steps of {} from {} on", options.series, known + 1), global);
  report.main = forecast_table(score);
  report.screen.push_back(report.main);
  report.result = [score] {
    Json json = series_json(score);
    json["forecasts"] = forecasts_json(score);
    return json;
  };
}

/// Of observations with a known class or number.
void judge_observations(const Settings& settings, const nn::Model& model,
                        const GlobalOptions& global, Report& report) {
  const nn::Dataset data = read_for_model(settings.data, model, settings.model, global, report);
  const RunControl control = run_control(global, "judging");
  const nn::Batch<float> outputs = nn::predict(model.network, data, control);
  require<InsufficientDataError>(
      outputs.allFinite(), "{} gives outputs that are not finite for these data", settings.model);
  const auto score = std::make_shared<const PredictionScore>(score_predictions(
      {.part = settings.data.is_table() ? settings.data.data : settings.data.images,
       .target = model.target,
       .data = &data,
       .outputs = &outputs,
       .loss = nn::evaluate(model.network, data, model.loss, control).loss,
       .target_center = model.target_center,
       .target_scale = model.target_scale},
      model.loss));
  require(!global.plot || score->of_classes(),
          "--plot draws the confusion matrix and the ROC curves of classes; {} predicts numbers",
          settings.model);
  report_predictions(score, report);
  report.figure = [score] { return prediction_figure(*score); };
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  Report report{.command = "nn evaluate"};
  require(!global.plot || !settings.sequence.given(),
          "--plot draws the confusion matrix and the ROC curves of classes; leave it out");
  if (!settings.sequence.text.empty())
    judge_text(settings, model, global, report);
  else if (!settings.sequence.series.empty())
    judge_series(settings, model, global, report);
  else
    judge_observations(settings, model, global, report);
  erase_progress();
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn evaluate iris.model --data new.csv
  mathtool nn evaluate digits.model --images t10k-images.idx3.gz --labels t10k-labels.idx1.gz --plot
  mathtool nn evaluate iris.model --data new.csv --target kind --json
  mathtool nn evaluate bard.model --text sonnets.txt
  mathtool nn evaluate lynx.model --series lynx.csv --season 10

The figures are those of 'mathtool score': of classes accuracy, precision, recall, F1 and the
confusion matrix; of numbers rmse, mae and r_squared. roc is the curve of the last of two classes, or
of all classes together, every probability against its truth; auc_by_class is of each against all
others. Columns are matched by name; the target is the model's if --target names no other.
Of a text the figure is the loss per character, in nats; of a series errors of forecasts, beside
those that repeat the last value or that of a season before.
)";

}  // namespace

extern const Command nn_evaluate;
const Command nn_evaluate{.name = "nn evaluate",
                          .summary = "how well a network predicts what is known",
                          .operands = "MODEL",
                          .help = explanation,
                          .run = run,
                          .draws = true};

}  // namespace mathtool::cli
