#pragma once

#include "cli/fit/curve_fit.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Fills a report from a fit, which must outlive it.
void report_curve(const CurveFit& fit, Report& report);

}  // namespace mathtool::cli
