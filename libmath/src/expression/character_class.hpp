#pragma once

namespace mathtool::math {

constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }

}  // namespace mathtool::math
