#pragma once

namespace mathtool::data {

/// How the text of a table divides into records and fields.
struct TextDialect {
  char delimiter = ',';  ///< ' ' stands for any run of blanks and tabs
  char line_end = '\n';  ///< '\r' in files of the old Macintosh; one '\r' before '\n' is dropped
  char decimal = '.';

  constexpr bool blank_separated() const { return delimiter == ' '; }
  constexpr bool divides(char c) const {
    return c == delimiter || (c == '\t' && blank_separated());
  }
};

}  // namespace mathtool::data
