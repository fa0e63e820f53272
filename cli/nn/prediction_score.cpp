#include "cli/nn/prediction_score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/score/classification_report.hpp"
#include "cli/score/regression_report.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/ranked_scores.hpp"

namespace mathtool::cli {
namespace {

/// Points on a straight line between their neighbours carry no corner of the curve.
std::vector<stats::RocPoint> corners(std::vector<stats::RocPoint> points) {
  std::vector<stats::RocPoint> kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool inside = i > 0 && i + 1 < points.size();
    const bool flat =
        inside && points[i - 1].tpr == points[i].tpr && points[i].tpr == points[i + 1].tpr;
    const bool steep =
        inside && points[i - 1].fpr == points[i].fpr && points[i].fpr == points[i + 1].fpr;
    if (!flat && !steep) kept.push_back(points[i]);
  }
  return kept;
}

ClassCurve curve_of(const std::string& label, const stats::RankedScores& ranked) {
  return {.label = label,
          .area = stats::roc_area(ranked).area,
          .points = corners(stats::roc_curve(ranked))};
}

/// Every class against all others, and every probability against whether it was of the true class.
void add_curves(const Mat& probabilities, const std::vector<Index>& labels,
                const std::vector<std::string>& classes, PredictionScore& score) {
  const Index n = probabilities.rows(), k = probabilities.cols();
  const Index first = k == 2 ? 1 : 0;
  std::vector<double> all;
  std::vector<bool> all_true;
  for (Index j = first; j < k; ++j) {
    std::vector<bool> is_true;
    for (Index i = 0; i < n; ++i) is_true.push_back(labels[static_cast<std::size_t>(i)] == j);
    const std::vector<double> column(probabilities.col(j).begin(), probabilities.col(j).end());
    score.curves.push_back(
        curve_of(classes[static_cast<std::size_t>(j)], stats::rank_scores(column, is_true)));
    all.insert(all.end(), column.begin(), column.end());
    all_true.insert(all_true.end(), is_true.begin(), is_true.end());
  }
  score.together =
      k == 2 ? score.curves.front() : curve_of("all classes", stats::rank_scores(all, all_true));
}

void score_classes(const PredictionSample& sample, const nn::Loss& loss, PredictionScore& score) {
  const std::vector<std::string>& classes = sample.data->classes;
  const std::vector<Index> labels = sample.data->labels();
  const Mat probabilities = class_probabilities(loss, *sample.outputs);
  const bool two = classes.size() == 2;
  for (Index i = 0; i < probabilities.rows(); ++i) {
    Index predicted = 0;
    probabilities.row(i).maxCoeff(&predicted);
    const std::string& truth =
        classes[static_cast<std::size_t>(labels[static_cast<std::size_t>(i)])];
    score.group.confusion.push(truth, classes[static_cast<std::size_t>(predicted)]);
    if (two) score.group.scores[truth].scores.push_back(probabilities(i, 1));
  }
  ScoreColumns columns{.truth = {.name = sample.target},
                       .predicted = ScoreColumn{.name = "predicted"}};
  if (two) columns.score = ScoreColumn{.name = "probability"};
  score.classification = std::make_shared<const ClassificationScore>(
      score_classification(score.group, columns, {}, choose_positive(classes, std::nullopt)));
  add_curves(probabilities, labels, classes, score);
}

void score_numbers(const PredictionSample& sample, PredictionScore& score) {
  for (Index i = 0; i < sample.outputs->rows(); ++i) {
    const auto original = [&](float value) {
      return static_cast<double>(value) * sample.target_scale + sample.target_center;
    };
    score.group.errors.push(original(sample.data->targets(i, 0)),
                            original((*sample.outputs)(i, 0)));
  }
}

Json area_json(const PredictionScore& score) {
  Json areas = Json::array();
  for (const ClassCurve& curve : score.curves)
    areas.push_back({{"label", curve.label}, {"auc", curve.area}});
  return areas;
}

}  // namespace

Mat class_probabilities(const nn::Loss& loss, const nn::Batch<float>& outputs) {
  const Mat logits = outputs.cast<double>();
  if (std::holds_alternative<nn::BinaryCrossEntropy>(loss.kind())) {
    Mat probabilities(logits.rows(), 2);
    probabilities.col(1) = logits.col(0).unaryExpr([](double z) { return 1 / (1 + std::exp(-z)); });
    probabilities.col(0) = logits.col(0).unaryExpr([](double z) { return 1 / (1 + std::exp(z)); });
    return probabilities;
  }
  Mat probabilities = (logits.colwise() - logits.rowwise().maxCoeff()).array().exp().matrix();
  probabilities.array().colwise() /= probabilities.rowwise().sum().array();
  return probabilities;
}

PredictionScore score_predictions(const PredictionSample& sample, const nn::Loss& loss) {
  PredictionScore score{
      .part = sample.part, .observations = sample.outputs->rows(), .loss = sample.loss};
  require<InsufficientDataError>(score.observations > 0, "{}: no observation to judge by",
                                 sample.part);
  score.group.rows = score.observations;
  score.group.weight = static_cast<double>(score.observations);
  if (sample.data->classes.empty())
    score_numbers(sample, score);
  else
    score_classes(sample, loss, score);
  return score;
}

Json score_summary(const PredictionScore& score) {
  Json json{{"on", score.part}, {"observations", score.observations}, {"loss", score.loss}};
  if (score.of_classes()) {
    json["accuracy"] = score.classification->metrics.accuracy;
    json["auc"] = score.together.area;
  } else {
    json["rmse"] = score.group.errors.rmse();
    json["mae"] = score.group.errors.mae();
    json["r_squared"] = score.group.errors.r_squared();
  }
  return json;
}

Json curve_points(const ClassCurve& curve) {
  Json points = Json::array();
  for (const stats::RocPoint& point : curve.points)
    points.push_back({{"fpr", point.fpr}, {"tpr", point.tpr}, {"threshold", point.threshold}});
  return points;
}

void report_predictions(const std::shared_ptr<const PredictionScore>& score, Report& report) {
  if (!score->of_classes()) {
    report_regression(score->group, report);
    report.result = [score, of_score = report.result] {
      Json json = of_score();
      json["loss"] = score->loss;
      return json;
    };
    return;
  }
  report_classification(score->classification, "", report);
  report.result = [score, of_score = report.result] {
    Json json = of_score();
    json["loss"] = score->loss;
    json["auc"] = score->together.area;
    if (score->curves.size() > 1) json["auc_by_class"] = area_json(*score);
    json["roc"] = curve_points(score->together);
    return json;
  };
}

}  // namespace mathtool::cli
