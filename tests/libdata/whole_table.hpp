#pragma once

#include <string>
#include <vector>

#include "mathtool/data/table_reader.hpp"

namespace mathtool::test {

/// A table read to its end, all at once.
struct WholeTable {
  data::TableSchema schema = {};
  std::vector<std::vector<std::string>> texts = {};  ///< all columns as they stand
  RowMat numbers = {};                               ///< the numeric columns
  std::vector<std::int64_t> lines = {};
  std::int64_t bad_rows = 0;
  std::string first_bad_row = {};
};

enum class Numbers { read, leave_as_text };

/// Reads every column as text, the numeric ones as numbers too.
inline WholeTable read_whole(data::Input input, const data::ReadOptions& options = {},
                             Numbers numbers = Numbers::read, int threads = 1) {
  data::TableReader reader(std::move(input), options);
  WholeTable table{.schema = reader.schema()};
  const auto columns = std::ssize(table.schema.columns);
  data::ColumnSelection all;
  if (numbers == Numbers::read) all.numbers = table.schema.columns_of(data::ColumnType::numeric);
  for (Index column = 0; column < columns; ++column) all.texts.push_back(column);
  table.numbers.resize(0, std::ssize(all.numbers));
  reader.read(all,
              [&](data::RowBlock&& block) {
                for (Index row = 0; row < block.rows(); ++row) {
                  auto& cells = table.texts.emplace_back();
                  for (Index column = 0; column < columns; ++column)
                    cells.emplace_back(block.texts[row * columns + column]);
                }
                const Index before = table.numbers.rows();
                table.numbers.conservativeResize(before + block.rows(), Eigen::NoChange);
                table.numbers.bottomRows(block.rows()) = block.numbers;
                table.lines.insert(table.lines.end(), block.lines.begin(), block.lines.end());
                if (table.bad_rows == 0) table.first_bad_row = block.first_bad_row;
                table.bad_rows += block.bad_rows;
              },
              {.threads = threads});
  return table;
}

inline WholeTable read_text(std::string text, const data::ReadOptions& options = {},
                            Numbers numbers = Numbers::read) {
  return read_whole(data::Input::from_text(std::move(text), "data.csv"), options, numbers);
}

}  // namespace mathtool::test
