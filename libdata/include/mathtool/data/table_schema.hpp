#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::data {

enum class ColumnType {
  numeric,  ///< at least half of the non-missing cells of the sample are numbers
  text      ///< the others, and columns without any value in the sample
};

struct Column {
  std::string name;  ///< unique: repeated names become a, a_2, ...; empty ones x<position>
  ColumnType type = ColumnType::text;
  std::int64_t sample_present = 0;  ///< non-missing cells in the sample
  std::int64_t sample_numbers = 0;  ///< of these, the numbers
  std::int64_t first_text_line =
      0;                        ///< line of the first cell that is no number; 0 if there is none
  std::string first_text = {};  ///< that cell, cut and escaped for a message
  bool counts_rows = false;     ///< the sample reads 1, 2, 3, ...: probably a row number
};

/// What the first rows of a table say about it.
struct TableSchema {
  /// Of an array its type, order and shape, "float64 in C order, 50 x 3"; empty of text.
  std::string array = {};
  char delimiter = ',';  ///< of text; ' ' for blanks
  bool has_header = false;
  std::vector<Column> columns = {};
  std::int64_t sample_rows = 0;  ///< rows that decided: those asked for, the whole table, or 32 MiB
  std::vector<std::string> notes = {};  ///< what was decided and may surprise: repeated names, ...

  std::vector<std::string> names() const;
  std::vector<Index> columns_of(ColumnType type) const;
};

}  // namespace mathtool::data
