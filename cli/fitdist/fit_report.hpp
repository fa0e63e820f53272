#pragma once

#include <string>

#include "cli/fitdist/fit_table.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Fills screen, main table, result, figure, status and notes of a report. `table` must outlive it.
void report_fits(const std::string& column, const FitTable& table, Report& report);

}  // namespace mathtool::cli
