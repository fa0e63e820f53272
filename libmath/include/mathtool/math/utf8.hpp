#pragma once

#include <cstddef>
#include <string_view>

namespace mathtool::math {

/// The character at the beginning of a text; an invalid byte counts as one character of its own.
struct Utf8Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

/// Pre: `text` is not empty. Overlong forms, surrogates and codes above 0x10FFFF are invalid.
/// Ref: RFC 3629.
Utf8Character first_character(std::string_view text);

/// Whether a text holds valid characters alone.
bool is_utf8(std::string_view text);

}  // namespace mathtool::math
