#pragma once

#include <string>
#include <string_view>

namespace mathtool::cli {

/// Columns that UTF-8 text takes in a terminal: 2 for wide East Asian letters and emoji, 0 for
/// combining marks, 1 for every other character and for each byte that is not UTF-8.
/// Ref: Unicode Standard Annex 11, East Asian Width.
int display_width(std::string_view text);

/// Control characters as escapes ("\n", "\t", "\x1b"), so that a cell of someone's table neither
/// breaks a line nor commands the terminal.
std::string printable(std::string_view text);

/// `text` filled with blanks up to `width` columns.
std::string pad_right(std::string_view text, int width);
std::string pad_left(std::string_view text, int width);

}  // namespace mathtool::cli
