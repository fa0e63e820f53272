#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mathtool/nn/table_encoding.hpp"

namespace mathtool::nn {

/// One column of a table, of which each cell can be had as a number or as a label. Complaints
/// (DataError) name the line and the column. The table must outlive it.
class TableCells {
 public:
  static std::optional<TableCells> find(const TableData& table, const std::string& name);

  bool text() const { return text_; }

  /// Finite; of a text the number that it is from end to end.
  double number(Index row) const;

  /// Not empty; of a number its shortest decimal.
  std::string label(Index row) const;

  [[noreturn]] void fail(Index row, const std::string& complaint) const;

 private:
  TableCells(const TableData& table, std::string name, bool text, Index place)
      : table_(table), name_(std::move(name)), text_(text), place_(place) {}

  [[noreturn]] void fail_missing(Index row) const;

  const TableData& table_;
  std::string name_;
  bool text_;
  Index place_;  // among the numbers or the texts
};

/// Names of all columns, numeric ones first.
std::vector<std::string> column_names(const TableData& table);

/// Throws: DomainError, with the nearest name, where there is no such column.
TableCells find_target(const TableData& table, const std::string& target);

/// "'a', 'b', 'c', and 7 more": at most eight, so that no message grows with the data.
std::string quote_names(const std::vector<std::string>& names);

}  // namespace mathtool::nn
