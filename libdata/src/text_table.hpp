#pragma once

#include <memory>
#include <optional>

#include "block_parser.hpp"
#include "chunk_cutter.hpp"
#include "mathtool/data/table_reader.hpp"
#include "table_sample.hpp"
#include "unparsed_block.hpp"

namespace mathtool::data {

/// A table of text as TableReader reads it, pass after pass. `input` outlives it.
class TextTable {
 public:
  /// Throws: as TableReader.
  TextTable(Input& input, const ReadOptions& options);

  const TableSchema& schema() const { return schema_; }
  Index rows_per_block() const { return rows_per_block_; }

  void start_pass(const ColumnSelection& selection);

  /// Null behind the last block. Parsing may run on any thread, as long as the pass lasts.
  std::unique_ptr<UnparsedBlock> next_block();

 private:
  Input& input_;
  ReadOptions options_;
  TableSample sample_;  // its text is the start of the first pass, empty afterwards
  TableSchema schema_;
  Index rows_per_block_;
  bool first_pass_ = true;
  std::optional<ChunkCutter> cutter_ = {};
  std::optional<BlockParser> parser_ = {};
};

}  // namespace mathtool::data
