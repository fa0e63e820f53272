#include "mathtool/data/table_schema.hpp"

namespace mathtool::data {

std::vector<std::string> TableSchema::names() const {
  std::vector<std::string> result;
  for (const Column& column : columns) result.push_back(column.name);
  return result;
}

std::vector<Index> TableSchema::columns_of(ColumnType type) const {
  std::vector<Index> result;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].type == type) result.push_back(static_cast<Index>(i));
  return result;
}

}  // namespace mathtool::data
