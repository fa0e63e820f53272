#pragma once

#include <memory>
#include <string>

#include "cli/report.hpp"
#include "cli/score/classification_score.hpp"

namespace mathtool::cli {

/// A curve of --curve: roc, pr or calibration. Calibration is empty without probabilities.

/// All of its points.
Table curve_table(const std::string& curve, std::shared_ptr<const ScoreMetrics> scores);
Json curve_json(const std::string& curve, const ScoreMetrics& scores);

/// As many of them as can be told apart, beside what chance or perfection would give.
Figure curve_figure(const std::string& curve, const ScoreMetrics& scores);

}  // namespace mathtool::cli
