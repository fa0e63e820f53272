#include "mathtool/data/csv_format.hpp"

#include <fmt/compile.h>

#include <charconv>
#include <cmath>

#include "blanks.hpp"

namespace mathtool::data {

namespace {

/// Writes the shortest decimal, in whichever of fixed and scientific notation is shorter.
char* write_number(char* out, char* end, double x) {
  const double magnitude = std::abs(x);
  // Faster ways where the shorter notation is known to be the fixed one; -0 has its sign to keep.
  if (magnitude > 0 && magnitude < 1e5 && std::trunc(x) == x)
    return std::to_chars(out, end, static_cast<int>(x)).ptr;
  if (magnitude >= 1e-3 && magnitude < 1e15 && std::trunc(x) != x)
    return fmt::format_to(out, FMT_COMPILE("{}"), x);
  return std::to_chars(out, end, x).ptr;
}

}  // namespace

void append_number(std::string& out, double x) {
  if (std::isnan(x)) return;
  char digits[32];  // the longest: "-2.2250738585072014e-308"
  out.append(digits, write_number(digits, digits + sizeof digits, x));
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
