#pragma once

#include <string>

#include "cli/figure.hpp"
#include "cli/plot/canvas.hpp"
#include "cli/plot/figure_file.hpp"

namespace mathtool::cli {

/// Commands for gnuplot >= 5.2 that write a picture file to its standard output: panels side by
/// side, data with all their digits.
std::string picture_script(const Figure& figure, FigureKind kind);

/// The same for a terminal of so many columns: panels one below the other, in characters.
std::string terminal_script(const Figure& figure, int columns, bool color);

}  // namespace mathtool::cli
