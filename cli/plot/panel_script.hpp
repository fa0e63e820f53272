#pragma once

#include <string>

#include "cli/figure.hpp"
#include "cli/plot/canvas.hpp"

namespace mathtool::cli {

/// Colours and lines of all pictures, once per script: thin grey grid, open frame.
std::string picture_style();

/// gnuplot commands that draw one panel.
std::string panel_script(const Panel& panel, const Canvas& canvas);

}  // namespace mathtool::cli
