#include "mathtool/nn/table_column.hpp"

#include <fmt/core.h>

namespace mathtool::nn {

Index feature_count(const std::vector<TableColumn>& columns) {
  Index count = 0;
  for (const TableColumn& column : columns) count += column.features();
  return count;
}

std::vector<std::string> feature_names(const std::vector<TableColumn>& columns) {
  std::vector<std::string> names;
  for (const TableColumn& column : columns) {
    if (column.levels.empty()) names.push_back(column.name);
    for (const std::string& level : column.levels)
      names.push_back(fmt::format("{}[{}]", column.name, level));
  }
  return names;
}

}  // namespace mathtool::nn
