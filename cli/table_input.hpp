#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/report.hpp"
#include "mathtool/data/missing.hpp"
#include "mathtool/data/table_reader.hpp"

namespace mathtool::cli {

/// The options and the FILE operand of every command that reads a table, as declared by `declare`.
struct TableOptions {
  std::string path = "-";
  std::string columns = {};  ///< -c
  std::string missing = "drop";
  std::vector<std::string> missing_tokens = {};
  bool header = false, no_header = false;
  std::string bad_rows = "error";
  std::string decimal = ".";
  std::optional<char> delimiter = {};

  void declare(Options& options);
};

/// An opened table: the numeric columns that were picked, the text columns that are carried along.
struct TableInput {
  data::TableReader reader;
  std::vector<Index> numeric = {};  ///< positions in reader.schema(), in the order of -c
  std::vector<Index> carried = {};  ///< text columns that -c does not exclude, in file order
  data::MissingPolicy missing = data::MissingPolicy::drop;
  std::vector<std::pair<std::string, std::string>> skipped =
      {};  ///< text columns and why, for the report
  std::vector<std::string> notes = {};
  std::vector<std::string> decisions = {};

  std::vector<std::string> numeric_names() const;
  std::vector<std::string> carried_names() const;
};

/// Opens, learns the schema and picks columns.
/// Throws: InsufficientDataError without any numeric column; DomainError for an unknown name in -c;
///         what TableReader throws.
TableInput open_table(const TableOptions& options, const GlobalOptions& global);

/// The envelope's `input`, and a note in words, from what a pass counted.
InputSummary summarize_input(const TableInput& input, const TableOptions& options,
                             const data::RowCount& count);
/// "3 of 150 rows dropped for missing values: a 2, b 1"; empty when none was.
std::string describe_dropped(const InputSummary& summary);
/// "2 malformed rows skipped; t.csv:3: ..."; empty when none was.
std::string describe_bad_rows(const data::RowCount& count);

/// Throws: DataError with line and column where a number of `block` is missing.
void refuse_missing(const TableInput& input, const data::RowBlock& block);

/// A model is JSON, and JSON is UTF-8.
/// Throws: DataError for a numeric column whose name is not.
void require_utf8_names(const TableInput& input);

}  // namespace mathtool::cli
