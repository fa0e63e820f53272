#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mathtool::data {

/// The first 128 bits of a power of ten, rounded up: 10^k ≤ (2^64 high + low) 2^e for some e.
struct PowerOfTen {
  std::uint64_t high = 0, low = 0;
};

constexpr int least_power_of_ten = -292, most_power_of_ten = 324;
extern const std::array<PowerOfTen, most_power_of_ten - least_power_of_ten + 1> powers_of_ten;

/// Pre: −292 ≤ k ≤ 324.
inline const PowerOfTen& power_of_ten(int k) {
  return powers_of_ten[static_cast<std::size_t>(k - least_power_of_ten)];
}

}  // namespace mathtool::data
