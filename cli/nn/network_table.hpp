#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/nn/table_encoding.hpp"

namespace mathtool::cli {

/// The complete rows of a table in memory.
struct NetworkTable {
  nn::TableData data = {};
  std::string target = {};  ///< the column's own name
};

/// Reads the target and the columns of -c, else all that may be features: text columns whose cells
/// are all different, or of more levels than anyone encodes, are left out with a note. Fills the
/// report's input and notes.
/// Throws: DomainError for a target that is no column; InsufficientDataError without rows, without
///         a feature and for infinite numbers; DataError where the rows exceed --memory.
NetworkTable read_training_table(const TableOptions& options, const std::string& target,
                                 const GlobalOptions& global, Report& report);

/// Reads these columns alone, whatever -c says: those of a model, which messages name.
/// Throws: DomainError for columns that the table lacks; as above.
NetworkTable read_named_columns(const TableOptions& options, const std::vector<std::string>& names,
                                const std::string& model, const GlobalOptions& global,
                                Report& report);

}  // namespace mathtool::cli
