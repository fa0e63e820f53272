#pragma once

#include <string>

#include "cli/figure.hpp"
#include "cli/options.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// Draws with characters: on standard output, or on standard error where a program reads the
/// former. Throws: DataError without gnuplot.
void draw_in_terminal(const Figure& figure, const GlobalOptions& global);

/// Draws to a file of the kind that the end of its name tells; it is yet to be committed.
/// Throws: DataError without gnuplot, or when the file cannot be written.
data::OutputFile draw_to_file(const Figure& figure, const std::string& path);

}  // namespace mathtool::cli
