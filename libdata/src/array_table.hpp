#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

#include "array_elements.hpp"
#include "array_layout.hpp"
#include "mathtool/data/table_reader.hpp"
#include "unparsed_block.hpp"

namespace mathtool::data {

/// Whether the first bytes are those of an NPY or IDX file.
bool holds_array(Input& input);

/// An array as TableReader reads it, pass after pass. `input` outlives it.
class ArrayTable {
 public:
  /// Pre: `input` remembers.  Throws: as TableReader.
  ArrayTable(Input& input, const ReadOptions& options);

  const TableSchema& schema() const { return schema_; }
  Index rows_per_block() const { return rows_per_block_; }

  void start_pass(const ColumnSelection& selection);

  /// Null behind the last block. Parsing may run on any thread, as long as the pass lasts.
  std::unique_ptr<UnparsedBlock> next_block();

 private:
  struct Chunk {
    std::vector<char> bytes = {};
    Index rows = 0;
    std::int64_t first_row = 0;
    std::exception_ptr failure = {};  // behind the rows
  };

  std::shared_ptr<Chunk> cut();
  void read_rows(Chunk& chunk);
  void read_strips(Chunk& chunk);
  RowBlock parse(const Chunk& chunk) const;
  void convert_column(const Chunk& chunk, Index column, double* to, Index to_step) const;
  void refuse_infinity(const RowBlock& block) const;
  void learn_schema(const ReadOptions& options);

  Input& input_;
  ArrayLayout layout_;
  Index rows_, columns_;
  bool by_columns_;            // the file holds one column after the other
  std::vector<Index> strips_;  // where each column stands among those, if so
  ElementConverter convert_;
  Index rows_per_block_;
  TableSchema schema_ = {};
  ColumnSelection selection_ = {};
  std::int64_t next_row_ = 0;
  bool ended_ = false;
  std::shared_ptr<Chunk> first_chunk_ = {};  // read for the schema, until a pass has begun with it
};

}  // namespace mathtool::data
