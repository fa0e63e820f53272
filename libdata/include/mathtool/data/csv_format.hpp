#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mathtool::data {

/// Bytes that `write_number` may touch: a sign, 15 digits, a point, and 16 digits that are written
/// at a time. No number takes more than 24 of them.
constexpr std::size_t number_room = 40;

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
