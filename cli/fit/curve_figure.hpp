#pragma once

#include "cli/figure.hpp"
#include "cli/fit/curve_fit.hpp"

namespace mathtool::cli {

/// The data with the curve through them where the model reads one column; then residuals against
/// fitted values. At most some thousand rows, evenly spaced.
Figure curve_figure(const CurveFit& fit, const CurveRows& rows);

}  // namespace mathtool::cli
