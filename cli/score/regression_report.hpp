#pragma once

#include "cli/report.hpp"
#include "cli/score/scored_group.hpp"

namespace mathtool::cli {

/// Fills screen, main table, result and notes of a report on predicted numbers. `group` must
/// outlive it. Throws: InsufficientDataError where no row counts.
void report_regression(const ScoredGroup& group, Report& report);

}  // namespace mathtool::cli
