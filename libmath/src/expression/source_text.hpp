#pragma once

#include <string>
#include <string_view>

namespace mathtool::math {

/// A place in a text that is being read.
struct Position {
  std::size_t byte = 0;
  int column = 1;  ///< in characters, counted from 1
};

/// The text of an expression, and what messages call it.
struct SourceText {
  std::string_view source, text;

  /// "--where: " at the head of messages, or nothing.
  std::string head() const { return source.empty() ? "" : std::string(source) + ": "; }

  /// Throws: DomainError with the place, the message and the text around it, on one line.
  [[noreturn]] void refuse(Position where, const std::string& message) const;
};

/// On one line: control characters become \xNN.
std::string printable(std::string_view text);

/// Bytes of UTF-8 that continue a character do not begin a new column.
constexpr bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace mathtool::math
