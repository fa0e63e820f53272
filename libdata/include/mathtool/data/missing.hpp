#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mathtool/data/row_block.hpp"

namespace mathtool::data {

/// What becomes of a row in which a used column has no value.
enum class MissingPolicy {
  drop,     ///< the row is left out
  error,    ///< a DataError names line and column
  mean,     ///< the column's mean stands in
  pairwise  ///< each pair of columns uses the rows in which both have values
};

/// Rows read and used, the missing cells per column, and the ragged rows left out. Merging equals
/// having counted both tables; a default count is neutral.
struct RowCount {
  std::int64_t read = 0;
  std::int64_t used = 0;
  std::int64_t filtered = 0;               ///< left out by a condition
  std::vector<std::int64_t> missing = {};  ///< per selected numeric column
  std::int64_t bad_rows = 0;               ///< not among those read (BadRows::skip)
  std::string first_bad_row = {};          ///< why it was left out, with its line

  void merge(const RowCount& other);
};

/// Counts the missing cells of a block as `RowCount`, every row as used.
RowCount count_missing(const RowBlock& block);

/// Leaves only the rows whose numbers have no NaN, in order, with their texts and lines; returns
/// the count that says so.
RowCount drop_incomplete_rows(RowBlock& block);

}  // namespace mathtool::data
