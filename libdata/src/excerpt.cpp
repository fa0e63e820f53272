#include "excerpt.hpp"

#include <fmt/core.h>

namespace mathtool::data {
namespace {

/// Shortens without cutting a UTF-8 character in two.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::size_t size = most;
  while (size > most - 4 && continues(text[size])) --size;
  return text.substr(0, size);
}

}  // namespace

std::string excerpt(std::string_view text) {
  const std::string_view shown = cut(text, 40);
  std::string result;
  for (const char c : shown) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '\n')
      result += "\\n";
    else if (c == '\r')
      result += "\\r";
    else if (c == '\t')
      result += "\\t";
    else if (code < 0x20 || code == 0x7F)
      result += fmt::format("\\x{:02x}", code);
    else
      result += c;
  }
  return shown.size() < text.size() ? result + "..." : result;
}

}  // namespace mathtool::data
