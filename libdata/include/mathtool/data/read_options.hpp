#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mathtool::data {

enum class BadRows {
  error,  ///< a ragged row ends the reading with a DataError
  skip    ///< it is left out and counted
};

/// How a text table is to be understood. What is left open is decided from the first rows.
struct ReadOptions {
  /// Between fields; ' ' means any run of blanks and tabs. Default: whichever of , tab ; | :
  /// divides the first rows evenly, else blanks between numbers, else a single column.
  std::optional<char> delimiter = {};
  /// Whether the first row holds names. Default: yes when none of its cells is a number.
  std::optional<bool> header = {};
  char decimal = '.';  ///< '.' or ','
  /// Cells that mean "no value", besides the empty one and blanks.
  std::vector<std::string> missing = {"NA", "N/A", "NaN", "nan", "null", "NULL", "?"};
  BadRows bad_rows = BadRows::error;
  int sample_rows = 1000;  ///< > 0; columns are numeric or text by these first rows
};

}  // namespace mathtool::data
