#pragma once

#include <string>
#include <string_view>

namespace mathtool::data {

/// Appends the shortest decimal that reads back as the same double; NaN appends nothing (a missing
/// cell), infinities "inf" and "-inf".
void append_number(std::string& out, double x);
std::string format_number(double x);

/// Appends a cell, quoted after RFC 4180 where it holds the delimiter, a quote, a line break, or
/// blanks at either end. An empty cell that is alone in its row would make a blank line, which is
/// no row: write `""` there.
void append_field(std::string& out, std::string_view text, char delimiter = ',');

}  // namespace mathtool::data
