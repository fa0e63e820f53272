#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "mathtool/math/types.hpp"

namespace mathtool::data {

/// Rows in a block of a table: 1024, or a smaller power of two that keeps it to 2^17 cells. Pre:
/// columns > 0.
inline Index choose_rows_per_block(Index columns) {
  constexpr std::uint64_t cells = std::uint64_t{1} << 17, most_rows = 1024;
  const auto rows = std::bit_floor(cells / static_cast<std::uint64_t>(columns));
  return static_cast<Index>(std::clamp<std::uint64_t>(rows, 1, most_rows));
}

}  // namespace mathtool::data
