#pragma once

#include <string>
#include <vector>

#include "cli/series/plot_content.hpp"
#include "cli/table_input.hpp"

namespace mathtool::cli {

/// What a table shows, and what the pass over it counted.
struct TableContent {
  PlotContent content = {};
  data::RowCount count = {};
};

/// Each numeric column against the first, or a single one against the number of the row; one series
/// for each group. `mark`: line or points; none: a line where the first column only rises.
/// At most 10,000 evenly spaced rows.
TableContent table_points(TableInput& input, std::optional<Mark> mark, const RunControl& run);

/// A bar for each level of the group columns: the mean of each numeric column, or the number of
/// rows where there is none; weights are frequencies.
TableContent table_bars(TableInput& input, const RunControl& run);

/// A box for each numeric column and group: quartiles, whiskers to the last value within 1.5 times
/// their distance from them, and the values beyond. Of the values at most `memory` bytes are kept.
/// Throws: InsufficientDataError for too many groups and for weights that are no whole numbers.
/// Ref: Tukey, Exploratory data analysis (1977), section 2C-2D.
TableContent table_boxes(TableInput& input, std::int64_t memory, const RunControl& run);

/// The numeric columns as a matrix of colours: at most 200 evenly spaced rows.
TableContent table_heatmap(TableInput& input, const RunControl& run);

/// "setosa", "setosa, 2020": the levels of one group.
std::string level_name(const std::vector<std::string>& levels);

}  // namespace mathtool::cli
