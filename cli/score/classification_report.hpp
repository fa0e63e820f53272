#pragma once

#include <memory>
#include <string>

#include "cli/report.hpp"
#include "cli/score/classification_score.hpp"

namespace mathtool::cli {

/// Fills screen, main table, result, figure and notes of a report. `curve` is roc, pr or
/// calibration where the points themselves were asked for.
void report_classification(std::shared_ptr<const ClassificationScore> score,
                           const std::string& curve, Report& report);

}  // namespace mathtool::cli
