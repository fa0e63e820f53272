#pragma once

#include "cli/table.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// Names, then rows, cells quoted after RFC 4180; with '\t' as delimiter, TSV.
void write_csv(const Table& table, char delimiter, data::OutputFile& out);

}  // namespace mathtool::cli
