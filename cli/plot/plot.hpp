#pragma once

#include "cli/figure.hpp"
#include "cli/options.hpp"

namespace mathtool::cli {

/// Draws as `global` asks: in the terminal, or to a file by the end of its name.
/// Throws: DataError without gnuplot, or when the file cannot be written.
void draw(const Figure& figure, const GlobalOptions& global);

}  // namespace mathtool::cli
