#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mathtool::data {

/// Room that `write_number` needs; no number takes more than 24 characters of it.
constexpr std::size_t number_room = 32;

/// Writes the shortest decimal that reads back as the same double, of several the nearest, and
/// returns its end; NaN writes nothing (a missing cell), infinities "inf" and "-inf".
char* write_number(char* out, double x);

/// The same at the end of a text.
void append_number(std::string& out, double x);
std::string format_number(double x);

/// Appends a cell, quoted after RFC 4180 where it holds the delimiter, a quote, a line break, or
/// blanks at either end. An empty cell that is alone in its row would make a blank line, which is
/// no row: write `""` there.
void append_field(std::string& out, std::string_view text, char delimiter = ',');

}  // namespace mathtool::data
