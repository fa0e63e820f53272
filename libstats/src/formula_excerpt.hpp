#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace mathtool::stats {

/// What stands around a place of a formula, on one line: a message quotes no more of a long one.
/// `column` counts characters from 1.
inline std::string formula_excerpt(std::string_view text, int column) {
  constexpr std::size_t reach = 40;  // characters to either side
  const auto inside = [&](std::size_t byte) {
    return byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80;
  };
  std::size_t place = 0;
  for (int k = 1; k < column && place < text.size(); ++k) do
      ++place;
    while (inside(place));
  std::size_t begin = place - std::min(place, reach), end = std::min(text.size(), place + reach);
  if (text.size() <= 2 * reach) begin = 0, end = text.size();
  while (inside(begin)) ++begin;
  while (inside(end)) ++end;
  std::string result(text.substr(begin, end - begin));
  for (char& c : result)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return (begin > 0 ? "..." : "") + result + (end < text.size() ? "..." : "");
}

}  // namespace mathtool::stats
