#include "cli/score/score_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/stats/metrics/precision_recall.hpp"

namespace mathtool::cli {
namespace {

/// Points of any curve, three numbers each.
struct CurvePoints {
  std::array<const char*, 3> names;
  std::vector<std::array<double, 3>> points = {};
};

CurvePoints roc_points(const ScoreMetrics& scores) {
  CurvePoints curve{{"fpr", "tpr", "threshold"}};
  for (const auto& [fpr, tpr, threshold] : stats::roc_curve(scores.ranked))
    curve.points.push_back({fpr, tpr, threshold});
  return curve;
}

CurvePoints pr_points(const ScoreMetrics& scores) {
  CurvePoints curve{{"recall", "precision", "threshold"}};
  for (const auto& [recall, precision, threshold] : stats::precision_recall_curve(scores.ranked))
    curve.points.push_back({recall, precision, threshold});
  return curve;
}

CurvePoints points_of(const std::string& curve, const ScoreMetrics& scores) {
  return curve == "pr" ? pr_points(scores) : roc_points(scores);
}

Table calibration_table_of(const std::shared_ptr<const ScoreMetrics>& scores) {
  return {.columns = {"low", "high", "count", "predicted", "observed"},
          .rows = std::ssize(scores->calibration),
          .cell = [scores](Index row, Index column) -> Cell {
            const stats::CalibrationBin& bin = scores->calibration[static_cast<std::size_t>(row)];
            switch (column) {
              case 0: return bin.low;
              case 1: return bin.high;
              case 2:
                return bin.count == std::floor(bin.count)
                           ? Cell(static_cast<std::int64_t>(bin.count))
                           : Cell(bin.count);
              case 3: return bin.predicted;
              default: return bin.observed;
            }
          }};
}

/// A curve without the points that stand closer to the one before than a picture can show.
Series thinned(const CurvePoints& curve) {
  constexpr double visible = 5e-4;  // of the side of the square
  Series line{.mark = Mark::line};
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const auto& [x, y, threshold] = curve.points[i];
    if (std::isnan(x) || std::isnan(y)) continue;
    const bool last = i + 1 == curve.points.size();
    if (!last && !line.x.empty() && std::abs(x - line.x.back()) < visible &&
        std::abs(y - line.y.back()) < visible)
      continue;
    line.x.push_back(x);
    line.y.push_back(y);
  }
  return line;
}

/// "average precision 0.8333".
std::string titled(const char* name, double value) {
  return std::isnan(value) ? fmt::format("{} undefined", name)
                           : fmt::format("{} {:.4g}", name, value);
}

Panel roc_panel(const ScoreMetrics& scores) {
  Series curve = thinned(roc_points(scores));
  curve.name = "ROC";
  return {.title = titled("area under the curve", scores.roc.area),
          .x_label = "false positive rate",
          .y_label = "true positive rate",
          .series = {std::move(curve), {.name = "chance", .x = {0, 1}, .y = {0, 1}}},
          .y_limits = Limits{0, 1}};
}

Panel pr_panel(const ScoreMetrics& scores) {
  Series curve = thinned(pr_points(scores));
  curve.name = "precision";
  const double share = scores.ranked.positive_total / scores.ranked.total();
  return {.title = titled("average precision", scores.average_precision),
          .x_label = "recall",
          .y_label = "precision",
          .series = {std::move(curve), {.name = "chance", .x = {0, 1}, .y = {share, share}}},
          .y_limits = Limits{0, 1}};
}

Panel calibration_panel(const ScoreMetrics& scores) {
  Series curve{.name = "observed", .mark = Mark::line_points};
  for (const stats::CalibrationBin& bin : scores.calibration) {
    if (bin.count == 0) continue;
    curve.x.push_back(bin.predicted);
    curve.y.push_back(bin.observed);
  }
  return {.title = titled("calibration error", scores.calibration_error),
          .x_label = "predicted probability",
          .y_label = "observed share",
          .series = {std::move(curve), {.name = "perfect", .x = {0, 1}, .y = {0, 1}}},
          .y_limits = Limits{0, 1}};
}

}  // namespace

Table curve_table(const std::string& curve, std::shared_ptr<const ScoreMetrics> scores) {
  if (curve == "calibration") return calibration_table_of(scores);
  const auto shared = std::make_shared<const CurvePoints>(points_of(curve, *scores));
  return {.columns = {shared->names.begin(), shared->names.end()},
          .rows = std::ssize(shared->points),
          .cell = [shared](Index row, Index column) -> Cell {
            return shared->points[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
          }};
}

Json curve_json(const std::string& curve, const ScoreMetrics& scores) {
  const CurvePoints points = points_of(curve, scores);
  Json json = Json::array();
  for (const std::array<double, 3>& point : points.points)
    json.push_back(
        {{points.names[0], point[0]}, {points.names[1], point[1]}, {points.names[2], point[2]}});
  return json;
}

Figure curve_figure(const std::string& curve, const ScoreMetrics& scores) {
  if (curve == "pr") return {.panels = {pr_panel(scores)}};
  if (curve == "calibration") return {.panels = {calibration_panel(scores)}};
  return {.panels = {roc_panel(scores)}};
}

}  // namespace mathtool::cli
