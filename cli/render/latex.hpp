#pragma once

#include "cli/table.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// A tabular with the rules of the package booktabs.
void write_latex(const Table& table, data::OutputFile& out);

}  // namespace mathtool::cli
