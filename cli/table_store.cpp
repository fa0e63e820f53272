#include "cli/table_store.hpp"

namespace mathtool::cli {

void TableStore::keep(AllRows&& rows) {
  if (!complete_) return;
  const data::RowBlock& block = rows.block;
  used_ += static_cast<std::int64_t>(sizeof(double)) * (block.numbers.size() + block.rows()) +
           block.texts.memory();
  if (used_ <= memory_) {
    blocks_.push_back(std::move(rows));
    return;
  }
  complete_ = false;
  blocks_ = {};
}

}  // namespace mathtool::cli
