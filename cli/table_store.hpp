#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "mathtool/data/row_block.hpp"

namespace mathtool::cli {

/// Every row of a block, with its carried texts.
struct AllRows {
  data::RowBlock block = {};
  std::vector<bool> kept = {};  ///< by --where, one per row; empty: all
};

/// All rows of a table, kept for a second look while they fit a budget; beyond it none is kept and
/// the table has to be read again.
class TableStore {
 public:
  TableStore(std::vector<Index> columns, std::int64_t memory)
      : columns_(std::move(columns)), memory_(memory) {}

  void keep(AllRows&& rows);

  bool complete() const { return complete_; }
  const std::vector<Index>& columns() const {
    return columns_;
  }  ///< of the table, behind `numbers`
  std::vector<AllRows>& blocks() { return blocks_; }

 private:
  std::vector<Index> columns_;
  std::int64_t memory_;
  std::int64_t used_ = 0;
  bool complete_ = true;
  std::vector<AllRows> blocks_ = {};
};

}  // namespace mathtool::cli
