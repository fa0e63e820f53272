#pragma once

#include <string>

#include "cli/plot/canvas.hpp"

namespace mathtool::cli {

/// The least of 1, 2 and 5 times a power of ten that is at least `least` > 0.
double round_step(double least);

/// The script's line for the numbers along an axis ('x' or 'y'), of which no two neighbours run
/// into each other or read the same. `integers`: at whole numbers only.
std::string number_tics(char axis, bool integers, const Range& range, const Canvas& canvas);

}  // namespace mathtool::cli
