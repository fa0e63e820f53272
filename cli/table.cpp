#include "cli/table.hpp"

namespace mathtool::cli {

bool is_numeric(const Table& table, Index column) {
  for (Index row = 0; row < table.rows; ++row)
    if (std::holds_alternative<std::string>(table.cell(row, column))) return false;
  return true;
}

}  // namespace mathtool::cli
