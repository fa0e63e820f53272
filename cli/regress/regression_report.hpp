#pragma once

#include "cli/regress/regression_fit.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Fills a report from a fit, which must outlive it.
void report_regression(const RegressionFit& fit, Report& report);

}  // namespace mathtool::cli
