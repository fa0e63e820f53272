#include "mathtool/data/missing.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/error.hpp"

namespace mathtool::data {

void RowCount::merge(const RowCount& other) {
  if (missing.empty()) missing.resize(other.missing.size());
  require<DimensionError>(other.missing.empty() || missing.size() == other.missing.size(),
                          "RowCount: cannot merge counts of {} and {} columns", missing.size(),
                          other.missing.size());
  if (bad_rows == 0) first_bad_row = other.first_bad_row;
  bad_rows += other.bad_rows;
  read += other.read;
  used += other.used;
  filtered += other.filtered;
  for (std::size_t i = 0; i < other.missing.size(); ++i) missing[i] += other.missing[i];
}

RowCount count_missing(const RowBlock& block) {
  const RowMat& numbers = block.numbers;
  RowCount count{.read = block.rows(),
                 .used = block.rows(),
                 .bad_rows = block.bad_rows,
                 .first_bad_row = block.first_bad_row};
  count.missing.resize(static_cast<std::size_t>(numbers.cols()));
  if (!numbers.hasNaN()) return count;
  for (Index row = 0; row < numbers.rows(); ++row)
    for (Index column = 0; column < numbers.cols(); ++column)
      count.missing[static_cast<std::size_t>(column)] += std::isnan(numbers(row, column));
  return count;
}

RowCount drop_incomplete_rows(RowBlock& block) {
  RowCount count = count_missing(block);
  if (!block.numbers.hasNaN()) return count;
  const Index texts_per_row = block.texts.size() / block.rows();
  TextCells texts;
  Index kept = 0;
  for (Index row = 0; row < block.rows(); ++row) {
    if (block.numbers.row(row).hasNaN()) continue;
    if (kept < row) {
      block.numbers.row(kept) = block.numbers.row(row);
      block.lines[static_cast<std::size_t>(kept)] = block.lines[static_cast<std::size_t>(row)];
    }
    for (Index i = 0; i < texts_per_row; ++i) texts.push_back(block.texts[row * texts_per_row + i]);
    ++kept;
  }
  block.numbers.conservativeResize(kept, block.numbers.cols());
  block.lines.resize(static_cast<std::size_t>(kept));
  block.texts = std::move(texts);
  count.used = kept;
  return count;
}

}  // namespace mathtool::data
