#pragma once

#include "cli/table.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// A pipe table, numbers to the right. Ref: GitHub Flavored Markdown, section 4.10.
void write_markdown(const Table& table, data::OutputFile& out);

}  // namespace mathtool::cli
