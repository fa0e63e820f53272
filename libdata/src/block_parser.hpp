#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cell_reader.hpp"
#include "chunk_cutter.hpp"
#include "mathtool/data/table_reader.hpp"
#include "record_scanner.hpp"
#include "recycler.hpp"
#include "text_structure.hpp"

namespace mathtool::data {

/// Turns chunks of text into blocks of rows, for one selection of columns: the parallel part of
/// reading. Const functions may run on several threads.
class BlockParser {
 public:
  /// Pre:    the columns exist; `schema` outlives the parser.
  /// Throws: DomainError when a list asks for a column twice.
  BlockParser(std::string table, const TableSchema& schema, const TextDialect& dialect,
              const ReadOptions& options, const ColumnSelection& selection, Index rows_per_chunk,
              const TextKernels& kernels = text_kernels());

  RowBlock parse(const TextChunk& chunk) const;

 private:
  /// Rows of the right number of fields whose numbers are to be read, all at once.
  struct Batch {
    std::vector<Record> records = {};
    Positions before = {}, end = {};  // of each number's field, row after row
    Positions unread = {};            // fields that are no plain decimals

    void clear();
  };

  /// A field of the row at hand, as far as it is selected.
  struct Cell {
    Field field = {};
    double value = 0;
  };

  struct Workspace {
    TextStructure structure = {};
    Batch batch = {};
  };

  /// Consecutive columns that are selected as numbers one after the other.
  struct NumberRun {
    Index first = 0, count = 0;
  };

  void parse_plain(const TextChunk& chunk, const TextStructure& structure, Batch& batch,
                   RowBlock& block) const;
  void take_row(const Record& record, const std::uint32_t* divider, std::string_view text,
                Batch& batch, RowBlock& block) const;
  void read_numbers(std::string_view text, Batch& batch, RowBlock& block) const;

  void parse_carefully(const TextChunk& chunk, RowBlock& block) const;
  bool parse_row(std::string_view record, std::vector<Cell>& row) const;
  void reject(const Record& record, RowBlock& block) const;
  void throw_cell_fault(const Record& record) const;

  Index columns() const { return std::ssize(schema_.columns); }
  Index numbers_per_row() const { return std::ssize(selection_.numbers); }
  double* row_of(RowBlock& block, Index row) const {
    return block.numbers.data() + row * numbers_per_row();
  }

  std::string table_;
  const TableSchema& schema_;
  TextDialect dialect_;
  CellReader cells_;
  BadRows bad_rows_;
  ColumnSelection selection_;
  std::vector<bool> is_number_, is_text_;  // by column, what it is selected as
  std::vector<NumberRun> number_runs_ = {};
  std::optional<std::size_t> last_column_ = {};  // its place among the numbers
  Index rows_per_chunk_;
  const TextKernels& kernels_;
  Recycler<Workspace> workspaces_ = {};
};

}  // namespace mathtool::data
