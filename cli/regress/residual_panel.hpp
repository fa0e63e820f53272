#pragma once

#include <vector>

#include "cli/figure.hpp"

namespace mathtool::cli {

/// Residuals against fitted values, above and below a line at 0.
Panel residual_panel(std::vector<double> fitted, std::vector<double> residuals);

}  // namespace mathtool::cli
