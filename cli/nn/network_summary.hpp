#pragma once

#include "cli/report.hpp"
#include "mathtool/nn/architecture.hpp"

namespace mathtool::cli {

/// Layers with their output shapes, parameters and multiplications; totals and memory.
void report_summary(const nn::Architecture& architecture, Report& report);

}  // namespace mathtool::cli
