#pragma once

#include <functional>

#include "mathtool/data/row_block.hpp"

namespace mathtool::data {

/// The bytes of one block of rows, and how they become numbers and texts.
struct UnparsedBlock {
  std::function<RowBlock()> parse;
};

}  // namespace mathtool::data
