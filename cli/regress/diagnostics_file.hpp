#pragma once

#include <string>

#include "cli/table_input.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// Writes --diagnostics: the carried columns, fitted, residual, leverage and cook of every row of
/// the table in its order. `diagnose` fills those four of a block, NaN and so blank where it does
/// not; several threads call it. The file is to be committed.
data::OutputFile write_diagnostics_file(const std::string& path, TableInput& input,
                                        FunctionRef<void(const AllRows&, RowMat&)> diagnose,
                                        const RunControl& run);

}  // namespace mathtool::cli
