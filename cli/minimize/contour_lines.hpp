#pragma once

#include <vector>

#include "cli/figure.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// Lines of equal height of f over a rectangle, pieces with NaN between them, by marching squares
/// on a grid; the levels are quantiles of its values, closer at the bottom. Where f is not finite
/// there is no line.
Series contour_lines(FunctionRef<double(double x, double y)> f, const Limits& x, const Limits& y);

}  // namespace mathtool::cli
