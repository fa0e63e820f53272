#include "source_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::math {
namespace {

/// The part of a text around a place, cut between characters, with "..." where it was cut.
std::string excerpt(std::string_view text, std::size_t around) {
  constexpr std::size_t half = 40;
  std::size_t begin = around > half ? around - half : 0;
  std::size_t end = std::min(around + half, text.size());
  while (begin > 0 && !begins_character(text[begin])) --begin;
  while (end < text.size() && !begins_character(text[end])) ++end;
  return fmt::format("{}{}{}", begin > 0 ? "..." : "", printable(text.substr(begin, end - begin)),
                     end < text.size() ? "..." : "");
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      result += fmt::format("\\x{:02x}", byte);
    else
      result += c;
  }
  return result;
}

void SourceText::refuse(Position where, const std::string& message) const {
  throw FormulaError(fmt::format("{}column {}: {}: \"{}\"", head(), where.column, message,
                                 excerpt(text, where.byte)),
                     where.column, std::string(text));
}

std::string caret_text(const FormulaError& error) {
  constexpr int half = 35;
  if (error.column < 1 || error.text.empty()) return {};
  // Characters, not bytes, from `first` on.
  const int first = std::max(error.column - half, 1);
  int column = 0;
  std::string line;
  for (const char c : error.text) {
    if (begins_character(c)) ++column;
    const bool blank = c == '\n' || c == '\r' || c == '\t';
    if (first <= column && column <= error.column + half) line += blank ? " " : printable({&c, 1});
  }
  return fmt::format("{}\n{:>{}}", line, "^", error.column - first + 1);
}

}  // namespace mathtool::math
