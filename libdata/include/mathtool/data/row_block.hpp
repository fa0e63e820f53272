#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mathtool/data/text_cells.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::data {

/// Consecutive rows of a table, the selected columns only.
struct RowBlock {
  std::int64_t first_row = 0;            ///< of the table from 0, without the header, with bad rows
  RowMat numbers = {};                   ///< rows × selected numeric columns, NaN where missing
  TextCells texts = {};                  ///< rows × selected text columns, row after row, unquoted
  std::vector<std::int64_t> lines = {};  ///< line of the file on which each row begins, from 1
  std::int64_t bad_rows = 0;             ///< ragged rows left out (BadRows::skip)
  std::string first_bad_row = {};        ///< why the first of them was, with its line

  Index rows() const { return static_cast<Index>(lines.size()); }
};

}  // namespace mathtool::data
