#pragma once

#include <string>
#include <vector>

#include "cli/histogram/binned_table.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Fills screen, main table, result, figure and notes of a report. `table` must outlive it.
void report_histograms(const std::vector<std::string>& names, const BinnedTable& table,
                       Report& report);

}  // namespace mathtool::cli
