#pragma once

#include "cli/hypothesis/test_outcome.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Fills screen, main table, result, figure and notes of a report. `data` and `outcome` must
/// outlive it.
void report_test(const TestData& data, const TestOutcome& outcome, const TestSettings& settings,
                 Report& report);

}  // namespace mathtool::cli
