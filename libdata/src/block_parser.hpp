#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cell_reader.hpp"
#include "mathtool/data/table_reader.hpp"
#include "record_scanner.hpp"

namespace mathtool::data {

/// Turns chunks of text into blocks of rows, for one selection of columns: the parallel part of
/// reading. Const functions may run on several threads.
class BlockParser {
 public:
  /// Pre:    the columns exist; `schema` outlives the parser.
  /// Throws: DomainError when a list asks for a column twice.
  BlockParser(std::string table, const TableSchema& schema, const TextDialect& dialect,
              const ReadOptions& options, const ColumnSelection& selection, Index rows_per_chunk);

  RowBlock parse(const TextChunk& chunk) const;

 private:
  /// A selected column, and its place among the numbers, the texts or both of a row.
  struct Target {
    Index column = 0;
    std::optional<Index> number = {};
    std::optional<Index> text = {};
  };

  bool parse_row(std::string_view record, double* numbers, std::string* texts) const;
  void reject(const Record& record, RowBlock& block) const;
  void throw_cell_fault(const Record& record) const;

  std::string table_;
  const TableSchema& schema_;
  TextDialect dialect_;
  CellReader cells_;
  BadRows bad_rows_;
  std::vector<Target> targets_ = {};  // by column
  Index numbers_per_row_, texts_per_row_, rows_per_chunk_;
};

}  // namespace mathtool::data
