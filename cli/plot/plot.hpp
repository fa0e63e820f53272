#pragma once

#include <string>

#include "cli/figure.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// The figure in characters, as wide as the terminal, as lines of text. `colored`: with escape
/// sequences for colours. Throws: DataError without gnuplot.
std::string drawing_in_characters(const Figure& figure, bool colored);

/// Draws to a file of the kind that the end of its name tells; it is yet to be committed.
/// Throws: DataError without gnuplot, or when the file cannot be written.
data::OutputFile draw_to_file(const Figure& figure, const std::string& path);

}  // namespace mathtool::cli
