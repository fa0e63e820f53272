#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/data/missing.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

/// The envelope's `input`, and a note in words, from what a pass counted.
InputSummary summarize_input(const TableInput& input, const TableOptions& options,
                             const data::RowCount& count);
/// "3 of 150 rows dropped for missing values: a 2, b 1"; empty when none was.
std::string describe_dropped(const InputSummary& summary, const data::RowCount& count);
/// An error of a whole table: its name in front, unless the error has it with a line already, and
/// the rows that were dropped behind.
InsufficientDataError about_table(const InsufficientDataError& error, const TableInput& input,
                                  const TableOptions& options, const data::RowCount& count);
/// "--where keeps 50 of 150 rows"; empty when it keeps all.
std::string describe_filtered(const data::RowCount& count);
/// "2 malformed rows skipped; t.csv:3: ..."; empty when none was.
std::string describe_bad_rows(const data::RowCount& count);

/// Why a text column is not among the numeric ones: what its cells hold instead.
std::string why_skipped(const data::Column& column, const data::TableSchema& schema);

/// Names of text columns and the cells without a value that made rows drop out.
using MissingTexts = std::vector<std::pair<std::string, std::int64_t>>;

/// Fills the report's input and notes with what opening and reading a table have shown.
void report_input(const TableInput& input, const TableOptions& options, const data::RowCount& count,
                  Report& report, const MissingTexts& missing_texts = {});

}  // namespace mathtool::cli
