#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "cli/report.hpp"
#include "cli/row_filter.hpp"
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
  std::string where = {};    ///< --where
  std::string groups = {};   ///< -g
  std::string weights = {};  ///< --weights

  void declare(Options& options);
  /// The same without FILE, for a command whose operand may be something else.
  void declare_reading(Options& options);
  /// The options that only commands have which summarise rows: groups and weights.
  void declare_groups(Options& options);

  /// The names of the options whose values are not the defaults.
  std::vector<std::string> given() const;
};

/// An opened table: the numeric columns that were picked, the text columns that are carried along.
struct TableInput {
  data::TableReader reader;
  std::vector<Index> numeric = {};       ///< positions in reader.schema(), in the order of -c
  std::vector<Index> carried = {};       ///< text columns that -c does not exclude, in file order
  std::optional<RowFilter> filter = {};  ///< --where
  std::vector<Index> groups = {};        ///< columns of -g, neither numeric nor carried
  std::optional<Index> weights = {};     ///< column of --weights, not among the numeric ones
  std::vector<Index> picked = {};        ///< columns of either type that -c picks, in its order
  std::vector<Index> picked_texts =
      {};  ///< text columns that -c picks and the command does not use
  std::vector<std::string> missing_words = {};
  data::MissingPolicy missing = data::MissingPolicy::drop;
  std::vector<std::string> notes = {};
  std::vector<std::string> decisions = {};

  std::vector<std::string> names(const std::vector<Index>& columns) const;
  std::vector<std::string> numeric_names() const;
  std::vector<std::string> carried_names() const;
  std::vector<std::string> group_names() const;
  const std::string& column_name(Index column) const;
  bool is_missing(std::string_view cell) const;  ///< whether a text cell holds no value
};

/// Opens, learns the schema and picks columns.
/// Throws: InsufficientDataError without any numeric column, if one is needed; DomainError for an
///         unknown name in -c; what TableReader throws.
TableInput open_table(const TableOptions& options, const GlobalOptions& global,
                      bool numbers_needed = true);

/// Throws: DataError with line and column where a number of `block` is missing.
void refuse_missing(const TableInput& input, const data::RowBlock& block);
/// Throws it for this row and place among the numbers, the weight and the carried texts.
[[noreturn]] void refuse_missing(const TableInput& input, const data::RowBlock& block, Index row,
                                 Index number);

/// A model is JSON, and JSON is UTF-8.
/// Throws: DataError for a numeric column whose name is not.
void require_utf8_names(const TableInput& input);

}  // namespace mathtool::cli
