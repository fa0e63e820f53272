#include "mathtool/data/csv_format.hpp"

#include <charconv>
#include <cmath>

#include "blanks.hpp"

namespace mathtool::data {

void append_number(std::string& out, double x) {
  if (std::isnan(x)) return;
  char digits[32];  // the longest: "-2.2250738585072014e-308"
  const auto end = std::to_chars(digits, digits + sizeof digits, x).ptr;
  out.append(digits, end);
}

std::string format_number(double x) {
  std::string result;
  append_number(result, x);
  return result;
}

void append_field(std::string& out, std::string_view text, char delimiter) {
  const bool blanks_divide = delimiter == ' ';
  bool quoted = text.empty() ? blanks_divide : is_blank(text.front()) || is_blank(text.back());
  for (const char c : text)
    quoted = quoted || c == delimiter || c == '"' || c == '\n' || c == '\r' ||
             (blanks_divide && is_blank(c));
  if (!quoted) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace mathtool::data
