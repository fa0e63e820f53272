#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/nn/network_data.hpp"
#include "cli/nn/prediction_score.hpp"
#include "cli/nn/training_figure.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model;
  NetworkDataOptions data;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that nn train --save wrote");
  settings.data.declare(options, true);
  settings.data.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  settings.data.check(true, false);
  require(settings.data.table.columns.empty(), "the model knows its columns: leave --columns out");
  return global;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  Report report{.command = "nn evaluate"};
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
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn evaluate iris.model --data new.csv
  mathtool nn evaluate digits.model --images t10k-images.idx3.gz --labels t10k-labels.idx1.gz --plot
  mathtool nn evaluate iris.model --data new.csv --target kind --json

The figures are those of 'mathtool score': of classes accuracy, precision, recall, F1 and the
confusion matrix; of numbers rmse, mae and r_squared. roc is the curve of the last of two classes, or
of all classes together, every probability against its truth; auc_by_class is of each against all
others. Columns are matched by name; the target is the model's if --target names no other.
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
