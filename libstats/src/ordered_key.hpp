#pragma once

#include <bit>
#include <cstdint>

namespace mathtool::stats {

/// An integer that sorts as the number does; −0 sorts before 0. Pre: x is not NaN.
inline std::uint64_t ordered_key(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t negative = bits >> 63;
  return bits ^ ((0 - negative) | (std::uint64_t{1} << 63));
}

inline double from_ordered_key(std::uint64_t key) {
  const std::uint64_t positive = key >> 63;
  return std::bit_cast<double>(key ^ ((positive - 1) | (std::uint64_t{1} << 63)));
}

}  // namespace mathtool::stats
