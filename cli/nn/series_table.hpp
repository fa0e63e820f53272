#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"
#include "cli/table_input.hpp"

namespace mathtool::cli {

/// Columns of a table whose rows are steps in time.
struct SeriesTable {
  std::vector<std::string> names = {};
  Mat values = {};  ///< steps × columns
};

/// Reads the columns of -c. Fills the report's input and notes.
/// Throws: DomainError where they are none; DataError for a text and with the line of a missing
///         value, which a series cannot do without.
SeriesTable read_series(TableOptions options, const GlobalOptions& global, Report& report);

/// The same of the columns with these names, which `model` was trained on.
SeriesTable read_series(TableOptions options, const std::vector<std::string>& names,
                        const std::string& model, const GlobalOptions& global, Report& report);

}  // namespace mathtool::cli
