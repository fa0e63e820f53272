#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::cli {

/// A cell of a table: empty, a number or text. NaN shows as empty.
using Cell = std::variant<std::monostate, double, std::int64_t, std::string>;

/// A table by formula: nothing is stored, `cell(row, column)` is asked for what is shown.
struct Table {
  std::string title = {};
  std::vector<std::string> columns = {};
  Index rows = 0;
  std::function<Cell(Index row, Index column)> cell = {};
  int digits = 6;  ///< significant digits for people; `--digits` overrides
  /// What a cell is in the mathematics of LaTeX; empty: the cell as it stands.
  std::function<std::string(Index row, Index column)> mathematics = {};
};

/// Whether every cell of a column that holds anything holds a number.
bool is_numeric(const Table& table, Index column);

}  // namespace mathtool::cli
