#include "cli/score/classification_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/render/json.hpp"
#include "cli/score/confusion_figure.hpp"
#include "cli/score/score_curve.hpp"

namespace mathtool::cli {
namespace {

using Shared = std::shared_ptr<const ClassificationScore>;

constexpr Index most_labels_shown = 12;  ///< across a screen

/// One metric for people and in CSV.
struct MetricRow {
  std::string name;
  double value;
  double low = not_a_number, high = not_a_number;
};

std::vector<MetricRow> metric_rows(const ClassificationScore& score) {
  std::vector<MetricRow> rows{{"accuracy", score.metrics.accuracy},
                              {"precision", score.precision},
                              {"recall", score.recall},
                              {"f1", score.f1},
                              {"mcc", score.metrics.mcc},
                              {"kappa", score.metrics.kappa}};
  if (!score.scores) return rows;
  const ScoreMetrics& scores = *score.scores;
  rows.push_back({"auc", scores.roc.area, scores.roc.ci_low, scores.roc.ci_high});
  rows.push_back({"average_precision", scores.average_precision});
  rows.push_back({"log_loss", scores.log_loss});
  rows.push_back({"brier", scores.brier});
  rows.push_back({"calibration_error", scores.calibration_error});
  return rows;
}

Table metric_table(const ClassificationScore& score) {
  Table table{.columns = {"metric", "value"}};
  const std::vector<MetricRow> rows = metric_rows(score);
  table.rows = std::ssize(rows);
  if (score.scores) table.columns.insert(table.columns.end(), {"ci_low", "ci_high"});
  table.cell = [rows](Index row, Index column) -> Cell {
    const auto& [name, value, low, high] = rows[static_cast<std::size_t>(row)];
    switch (column) {
      case 0: return name;
      case 1: return value;
      case 2: return low;
      default: return high;
    }
  };
  return table;
}

Cell counted(double x) {
  if (x == std::floor(x)) return static_cast<std::int64_t>(x);
  return x;
}

/// Rows are true labels, columns predicted ones, with the sums at the right.
Table confusion_table(const Shared& score) {
  const stats::ConfusionMatrix& confusion = score->confusion;
  Table table{.columns = {"true \\ predicted"}, .rows = confusion.counts.rows()};
  table.columns.insert(table.columns.end(), confusion.labels.begin(), confusion.labels.end());
  table.columns.push_back("all");
  table.cell = [score](Index row, Index column) -> Cell {
    const auto& [labels, counts] = score->confusion;
    if (column == 0) return labels[static_cast<std::size_t>(row)];
    return counted(column <= counts.cols() ? counts(row, column - 1) : counts.row(row).sum());
  };
  return table;
}

/// The pairs of labels that are confused most often, where the matrix is too wide for a screen.
Table confused_pairs(const Shared& score) {
  struct Pair {
    Index truth, predicted;
    double count;
  };
  constexpr std::size_t most_pairs = 20;
  const Mat& counts = score->confusion.counts;
  std::vector<Pair> pairs;
  for (Index i = 0; i < counts.rows(); ++i)
    for (Index j = 0; j < counts.cols(); ++j)
      if (i != j && counts(i, j) > 0) pairs.push_back({i, j, counts(i, j)});
  std::ranges::stable_sort(pairs, std::ranges::greater(), &Pair::count);
  pairs.resize(std::min(pairs.size(), most_pairs));
  return {.title = "most often confused",
          .columns = {"true", "predicted", "count"},
          .rows = std::ssize(pairs),
          .cell = [score, pairs](Index row, Index column) -> Cell {
            const Pair& pair = pairs[static_cast<std::size_t>(row)];
            const std::vector<std::string>& labels = score->confusion.labels;
            if (column == 2) return counted(pair.count);
            return labels[static_cast<std::size_t>(column == 0 ? pair.truth : pair.predicted)];
          }};
}

Table class_table(const Shared& score) {
  return {.columns = {"label", "precision", "recall", "f1", "support"},
          .rows = std::ssize(score->metrics.classes),
          .cell = [score](Index row, Index column) -> Cell {
            const stats::ClassMetrics& of_class =
                score->metrics.classes[static_cast<std::size_t>(row)];
            switch (column) {
              case 0: return of_class.label;
              case 1: return of_class.precision;
              case 2: return of_class.recall;
              case 3: return of_class.f1;
              default: return counted(of_class.support);
            }
          }};
}

std::string heading(const ClassificationScore& score) {
  std::string text =
      fmt::format("{:.15g} observation{}", score.observations, score.observations == 1 ? "" : "s");
  if (score.macro) return text + ", precision, recall and f1 are means over the classes";
  text += fmt::format(", '{}' is positive", score.labels.positive);
  if (score.threshold)
    text += fmt::format(" and predicted where the score is at least {:.6g}", *score.threshold);
  return text;
}

Json scores_json(const ScoreMetrics& scores) {
  Json calibration = Json::array();
  for (const stats::CalibrationBin& bin : scores.calibration)
    calibration.push_back({{"low", bin.low},
                           {"high", bin.high},
                           {"count", whole_or_real(bin.count)},
                           {"predicted", bin.predicted},
                           {"observed", bin.observed}});
  Json json{{"auc", scores.roc.area},
            {"auc_ci", {scores.roc.ci_low, scores.roc.ci_high}},
            {"auc_std_error", scores.roc.std_error},
            {"average_precision", scores.average_precision},
            {"log_loss", scores.log_loss},
            {"brier", scores.brier},
            {"calibration_error", scores.calibration_error},
            {"calibration", nullptr}};
  if (scores.probabilities) json["calibration"] = std::move(calibration);
  return json;
}

Json result_json(const ClassificationScore& score, const std::string& curve) {
  Json matrix = Json::array(), classes = Json::array();
  for (Index i = 0; i < score.confusion.counts.rows(); ++i) {
    Json row = Json::array();
    for (const double count : score.confusion.counts.row(i)) row.push_back(whole_or_real(count));
    matrix.push_back(std::move(row));
  }
  for (const stats::ClassMetrics& of_class : score.metrics.classes)
    classes.push_back({{"label", of_class.label},
                       {"precision", of_class.precision},
                       {"recall", of_class.recall},
                       {"f1", of_class.f1},
                       {"support", whole_or_real(of_class.support)}});
  Json json{{"task", "classification"},
            {"observations", whole_or_real(score.observations)},
            {"positive", nullptr},
            {"average", score.macro ? "macro" : "positive"},
            {"threshold", nullptr},
            {"confusion", {{"labels", score.confusion.labels}, {"matrix", std::move(matrix)}}},
            {"classes", std::move(classes)},
            {"accuracy", score.metrics.accuracy},
            {"precision", score.precision},
            {"recall", score.recall},
            {"f1", score.f1},
            {"mcc", score.metrics.mcc},
            {"kappa", score.metrics.kappa}};
  if (!score.macro || score.scores) json["positive"] = score.labels.positive;
  if (score.threshold) json["threshold"] = *score.threshold;
  if (score.scores)
    json.update(scores_json(*score.scores));
  else
    for (const char* key : {"auc", "average_precision", "log_loss", "brier"}) json[key] = nullptr;
  if (!curve.empty() && curve != "calibration")
    json[curve == "pr" ? "precision_recall" : curve] = curve_json(curve, *score.scores);
  return json;
}

}  // namespace

void report_classification(Shared score, const std::string& curve, Report& report) {
  report.notes.insert(report.notes.end(), score->notes.begin(), score->notes.end());
  report.main = metric_table(*score);
  report.screen.push_back(Paragraph{heading(*score)});
  if (score->confusion.counts.rows() <= most_labels_shown)
    report.screen.push_back(confusion_table(score));
  else
    report.screen.push_back(confused_pairs(score));
  if (score->confusion.counts.rows() > 2) report.screen.push_back(class_table(score));
  report.screen.push_back(report.main);
  if (!curve.empty()) {
    report.main = curve_table(curve, std::shared_ptr<const ScoreMetrics>(score, &*score->scores));
    if (curve == "calibration" && report.main.rows > 0) report.screen.push_back(report.main);
  }
  report.result = [score, curve] { return result_json(*score, curve); };
  report.figure = [score, curve] {
    return score->scores ? curve_figure(curve.empty() ? "roc" : curve, *score->scores)
                         : confusion_figure(score->confusion);
  };
}

}  // namespace mathtool::cli
