#pragma once

#include <algorithm>
#include <string_view>

#include "blanks.hpp"
#include "text_dialect.hpp"

namespace mathtool::data {

/// Lines of nothing but blanks are no records. Blanks that delimit fields do not count as such,
/// except where blanks are the delimiter.
inline bool is_blank_line(std::string_view line, const TextDialect& dialect) {
  return std::all_of(line.begin(), line.end(), [&](char c) {
    return is_blank(c) && (dialect.blank_separated() || c != dialect.delimiter);
  });
}

/// A line as the line end leaves it, without the '\r' of CRLF.
inline std::string_view without_carriage_return(std::string_view line, const TextDialect& dialect) {
  if (dialect.line_end == '\n' && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace mathtool::data
