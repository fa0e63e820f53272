#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "cli/score/classification_score.hpp"
#include "cli/score/scored_group.hpp"
#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/loss.hpp"
#include "mathtool/stats/metrics/roc.hpp"

namespace mathtool::cli {

/// The ROC curve of one class against all others.
struct ClassCurve {
  std::string label = {};
  double area = 0;
  std::vector<stats::RocPoint> points = {};
};

/// How good the outputs of a network are for observations whose targets are known.
struct PredictionScore {
  std::string part = {};  ///< what they are: "test data", "out of fold"
  Index observations = 0;
  double loss = 0;
  ScoredGroup group = {};                                          ///< numbers or labels
  std::shared_ptr<const ClassificationScore> classification = {};  ///< of labels
  std::vector<ClassCurve> curves = {};  ///< of two classes that of the last alone
  ClassCurve together = {};             ///< of all classes: every output against its truth

  bool of_classes() const { return classification != nullptr; }
};

/// What outputs of a network mean as probabilities of its classes: one column each.
Mat class_probabilities(const nn::Loss& loss, const nn::Batch<float>& outputs);

struct PredictionSample {
  std::string part = {}, target = {};
  const nn::Dataset* data = nullptr;
  const nn::Batch<float>* outputs = nullptr;
  double loss = 0, target_center = 0, target_scale = 1;
};

/// Throws: InsufficientDataError without observations.
PredictionScore score_predictions(const PredictionSample& sample, const nn::Loss& loss);

/// {"on", "observations", "loss", "accuracy"...}, the figures of the part alone.
Json score_summary(const PredictionScore& score);

/// The corners of a ROC curve: points between two others of a straight line say nothing.
Json curve_points(const ClassCurve& curve);

/// Fills a report as `score` does, with the loss and the curves.
void report_predictions(const std::shared_ptr<const PredictionScore>& score, Report& report);

}  // namespace mathtool::cli
