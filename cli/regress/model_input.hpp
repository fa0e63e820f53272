#pragma once

#include <string_view>
#include <vector>

#include "cli/input_report.hpp"
#include "cli/table_input.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/stats/design.hpp"

namespace mathtool::cli {

/// The columns of a table as a formula may name them; `.` stands for those that -c picks, less
/// groups and weights.
std::vector<stats::FormulaColumn> formula_columns(const TableInput& input);

/// Makes the columns that a formula reads, and no others, those that a pass reads.
/// Throws: DomainError where one of them holds the weights or forms the groups.
void use_columns_of(const stats::ModelFrame& frame, TableInput& input);

/// The same for columns by their places: `numbers`, and `texts` that are carried along.
void use_columns(const std::vector<Index>& numbers, const std::vector<Index>& texts,
                 TableInput& input);

/// The columns that a model has to find again, in the order of the table.
std::vector<stats::FormulaColumn> named_columns(const stats::ModelFrame& frame,
                                                const std::vector<stats::FormulaColumn>& all);

/// The text cells of some rows, as a design reads them. `places` are positions among the
/// `per_row` cells of each.
std::vector<std::string_view> cells_of(const data::TextCells& texts, const std::vector<Index>& rows,
                                       Index per_row, const std::vector<Index>& places);

}  // namespace mathtool::cli
