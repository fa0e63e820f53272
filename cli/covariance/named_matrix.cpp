#include "cli/covariance/named_matrix.hpp"

#include <algorithm>
#include <memory>

namespace mathtool::cli {

Table named_matrix(const std::vector<std::string>& names, const Mat& matrix, Index most) {
  const Index shown = most > 0 ? std::min(most, matrix.rows()) : matrix.rows();
  Table table{.columns = {"variable"}, .rows = shown};
  table.columns.insert(table.columns.end(), names.begin(), names.begin() + shown);
  const auto kept = std::make_shared<const Mat>(matrix);
  table.cell = [names, kept](Index row, Index column) -> Cell {
    if (column == 0) return names[static_cast<std::size_t>(row)];
    return (*kept)(row, column - 1);
  };
  return table;
}

}  // namespace mathtool::cli
