#include <algorithm>
#include <cmath>
#include <memory>

#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "cli/score/classification_report.hpp"
#include "cli/score/regression_report.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  ScoreRequest request;
  std::string positive, threshold, task = "auto";
};

ScoreTask task_of(const std::string& word) {
  if (word == "classification") return ScoreTask::classification;
  if (word == "regression") return ScoreTask::regression;
  return ScoreTask::automatic;
}

/// Each option has an effect or is refused.
void require_sense(const Settings& settings) {
  const ScoreRequest& request = settings.request;
  require(!request.truth.empty(), "name the column of true labels or values with --truth");
  require(!request.score.empty() || !request.predicted.empty(),
          "name the column of scores with --score, or of predictions with --predicted");
  require(settings.table.columns.empty(),
          "score takes its columns by --truth, --score and --predicted; leave out --columns");
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "a row is scored by what it holds: --missing drop or error");
  require(settings.threshold.empty() || request.predicted.empty(),
          "--threshold makes labels of scores, but --predicted names some; leave one out");
  require(request.curve.empty() || !request.score.empty(),
          "--curve is of scores; name the column "
          "with --score");
  if (request.task != ScoreTask::regression) return;
  require(request.score.empty(), "--task regression is of --predicted; leave out --score");
  require(!request.positive, "--positive is a label; --task regression has none");
}

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  ScoreRequest& request = settings.request;
  Options options(invocation);
  options.value("--truth", "COLUMN", request.truth, "true labels or values");
  options.value("--score", "COLUMN", request.score,
                "scores or probabilities of the positive label, higher for more likely");
  options.value("--predicted", "COLUMN", request.predicted, "predicted labels or values");
  options.value("--positive", "LABEL", settings.positive,
                "the label that is looked for; the last in order if not given");
  options.value("--threshold", "T", settings.threshold,
                "predict the positive label where score >= T; 0.5 if not given");
  options.choice("--task", {"auto", "classification", "regression"}, settings.task,
                 "what predicted numbers are; auto: labels if all are whole and at most 20");
  options.choice("--curve", {"roc", "pr", "calibration"}, request.curve,
                 "what --plot draws (roc if not given), and whose points --json and --csv list");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  if (!settings.positive.empty()) request.positive = settings.positive;
  if (!settings.threshold.empty())
    request.threshold = constant_expression(settings.threshold, "--threshold");
  require(!std::isnan(request.threshold), "--threshold must be a number");
  request.task = task_of(settings.task);
  require_sense(settings);
  return global;
}

/// What numbers were taken for, where that was not said.
void note_task(const ScoreColumns& columns, ScoreTask task, const ScoreRequest& request,
               Report& report) {
  if (columns.task != ScoreTask::automatic) return;
  if (task == ScoreTask::regression) {
    require(!request.positive,
            "--positive is a label, but these numbers are measurements; --task classification "
            "takes them for labels");
    report.decisions.push_back("numbers that are not whole, or more than 20, are measurements");
  } else {
    report.notes.push_back(
        "whole numbers were taken for labels; --task regression takes them for measurements");
  }
}

/// The reader's second advice, to exclude the column, is no way out for a column that was named.
std::string without_exclusion(const std::string& message) {
  const std::size_t advice =
      std::min(message.rfind(" or exclude it with -c "), message.rfind("; exclude it with -c "));
  return message.substr(0, advice);
}

GatheredGroups<ScoredGroup> gather_named(TableInput& input, const ScoreColumns& columns,
                                         const GlobalOptions& global) {
  try {
    return gather_scores(input, columns, global.memory, run_control(global, "reading"));
  } catch (const InsufficientDataError& error) {
    throw InsufficientDataError(without_exclusion(error.what()));
  } catch (const DataError& error) { throw DataError(without_exclusion(error.what())); }
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const ScoreRequest& request = settings.request;
  TableInput input = open_table(settings.table, global, false);
  const ScoreColumns columns = assign_score_columns(request, input);
  const GatheredGroups<ScoredGroup> gathered = gather_named(input, columns, global);
  require<InsufficientDataError>(gathered.count.used > 0, "{}: no row is left to score",
                                 input.reader.name());
  Report report{.command = "score"};
  report_input(input, settings.table, gathered.count, report);
  const ScoreTask task = decide_task(columns, gathered);
  note_task(columns, task, request, report);
  if (task == ScoreTask::regression) {
    require(!global.plot,
            "--plot draws curves and matrices of labels; of numbers, mathtool plot --kind scatter "
            "draws one column against another");
    return report_groups(input, gathered, report, global, report_regression);
  }
  const ScoreLabels labels = choose_positive(all_labels(gathered), request.positive);
  return report_groups(
      input, gathered, report, global, [&](const ScoredGroup& group, Report& part) {
        report_classification(std::make_shared<const ClassificationScore>(
                                  score_classification(group, columns, request, labels)),
                              request.curve, part);
      });
}

constexpr std::string_view explanation = R"(Examples:
  mathtool score loans.csv --truth default --score probability            from a probability
  mathtool score loans.csv --truth default --score probability --threshold 0.2 --positive yes
  mathtool score loans.csv --truth default --score probability --plot=roc.svg
  mathtool score loans.csv --truth default --score probability --plot --curve pr
  mathtool score digits.csv --truth label --predicted guess               from predicted labels
  mathtool score houses.csv --truth price --predicted estimate --json     from predicted numbers
  mathtool score loans.csv --truth default --score probability -g region  a result per region

Labels are texts or numbers. A score predicts the positive label where it is at least --threshold; it
gives the ROC curve with its area (95 % interval by DeLong) and average precision, and, where all
scores are in [0, 1], log loss, Brier score and calibration. Of more than two predicted labels,
precision, recall and f1 are means over the labels, unless --positive names one.

Two columns of numbers are labels if all are whole and there are at most 20 different ones, else
measurements, which have rmse, mae, mean_error (truth - predicted) and r_squared; --task says which.
What is undefined, such as the precision of a label that was never predicted, is null with a note.
Labels and errors are counted in one reading; scores are kept within --memory.
)";

}  // namespace

extern const Command score;
const Command score{.name = "score",
                    .summary = "how good predictions are: labels, scores, numbers",
                    .operands = "[FILE]",
                    .help = explanation,
                    .run = run,
                    .draws = true};

}  // namespace mathtool::cli
