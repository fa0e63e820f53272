#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/score/positive_label.hpp"
#include "cli/score/scored_group.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/stats/metrics/calibration.hpp"
#include "mathtool/stats/metrics/classification_metrics.hpp"
#include "mathtool/stats/metrics/ranked_scores.hpp"
#include "mathtool/stats/metrics/roc.hpp"

namespace mathtool::cli {

/// What scores tell beyond the labels that they lead to.
struct ScoreMetrics {
  stats::RankedScores ranked = {};
  stats::RocArea roc = {};
  double average_precision = 0;
  bool probabilities = false;  ///< whether all scores are; without, the rest is not there
  double log_loss = not_a_number, brier = not_a_number, calibration_error = not_a_number;
  std::vector<stats::CalibrationBin> calibration = {};
};

/// All metrics of predicted labels, of scores, or of both.
struct ClassificationScore {
  ScoreLabels labels = {};
  double observations = 0;               ///< weight of the rows
  std::optional<double> threshold = {};  ///< that made labels of scores
  stats::ConfusionMatrix confusion = {};
  stats::ClassificationMetrics metrics = {};
  bool macro = false;  ///< whether these are means over the classes or of the positive one
  double precision = 0, recall = 0, f1 = 0;
  std::optional<ScoreMetrics> scores = {};
  std::vector<std::string> notes = {};  ///< why something is undefined or not what it seems
};

/// Throws: InsufficientDataError where no row counts.
ClassificationScore score_classification(const ScoredGroup& group, const ScoreColumns& columns,
                                         const ScoreRequest& request, const ScoreLabels& labels);

}  // namespace mathtool::cli
