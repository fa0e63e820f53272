#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit.hpp"
#include "cli/pca/scored_rows.hpp"
#include "cli/table_input.hpp"

namespace mathtool::cli {

/// What a model makes of rows: texts and numbers with these names behind the carried columns.
struct RowScorer {
  std::vector<std::string> names = {};  ///< of the numbers
  /// The texts come behind those that are carried, in each row of `ScoredRows::texts`.
  std::function<ScoredRows(AllRows&&)> score = {};
  std::vector<std::string> text_names = {};
};

/// Prints what a model makes of every row of a table: as rows come where the form needs no look
/// ahead, else from memory. `remedy` says of rows without a result why they have none.
/// Throws: as reading and writing do.
Exit print_scored_table(std::string_view command, const TableOptions& table,
                        const GlobalOptions& global, const RowScorer& scorer,
                        std::string_view remedy, TableInput& input);

}  // namespace mathtool::cli
