#pragma once

#include <string>

#include "cli/exit.hpp"
#include "cli/options.hpp"
#include "cli/regress/model_rows.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// Fits each group of a table by itself and prints all reports as one. `fit_group` fills the report
/// on one group from its rows; what the report refers to must outlive this call.
/// Throws: DataError where the rows do not fit the memory; InsufficientDataError where no group has
///         enough of them.
Exit report_grouped_fits(const std::string& command, TableInput& input, const TableOptions& options,
                         const GlobalOptions& global,
                         FunctionRef<void(ModelRows&, Report&)> fit_group);

}  // namespace mathtool::cli
