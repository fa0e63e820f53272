#include "powers_of_ten.hpp"

#include <bit>

namespace mathtool::data {
namespace {

/// A natural number of up to 1024 bits, the least significant word first.
using Words = std::array<std::uint32_t, 32>;

constexpr void multiply_by_5(Words& x) {
  std::uint64_t carry = 0;
  for (std::uint32_t& word : x) {
    carry += std::uint64_t{word} * 5;
    word = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
}

/// x ← ⌊x / 5⌋.
constexpr void divide_by_5(Words& x) {
  std::uint64_t rest = 0;
  for (std::size_t i = x.size(); i-- > 0;) {
    rest = rest << 32 | x[i];
    x[i] = static_cast<std::uint32_t>(rest / 5);
    rest %= 5;
  }
}

/// The 128 bits from the highest bit set, rounded up if `inexact` or if there is anything below.
constexpr PowerOfTen first_bits(const Words& x, bool inexact) {
  std::size_t top = x.size() - 1;
  while (x[top] == 0) --top;
  const auto word = [&](std::size_t below_top) {
    return below_top <= top ? std::uint64_t{x[top - below_top]} : 0;
  };
  const int shift = std::countl_zero(x[top]);
  const auto half = [&](std::size_t first) {  // 64 bits, `shift` places into the words from there
    const std::uint64_t bits = word(first) << 32 | word(first + 1);
    return shift == 0 ? bits : bits << shift | word(first + 2) >> (32 - shift);
  };
  PowerOfTen result{half(0), half(2)};
  bool more = inexact || (word(4) << shift & 0xffffffff) != 0;
  for (std::size_t i = 5; i <= top; ++i) more = more || x[top - i] != 0;
  if (more && ++result.low == 0) ++result.high;
  return result;
}

/// Powers of five, as factors of two do not change the first bits: 5^k exactly, and ⌊2^1023 / 5^k⌋,
/// which the division of a floor gives exactly too.
constexpr auto all_powers() {
  std::array<PowerOfTen, powers_of_ten.size()> powers;
  constexpr int least = least_power_of_ten, most = most_power_of_ten;
  Words x = {1};
  for (int k = 0; k <= most; ++k, multiply_by_5(x))
    powers[static_cast<std::size_t>(k - least)] = first_bits(x, false);
  x = {};
  x.back() = std::uint32_t{1} << 31;
  for (int k = -1; k >= least; --k) {
    divide_by_5(x);
    powers[static_cast<std::size_t>(k - least)] = first_bits(x, true);
  }
  return powers;
}

}  // namespace

constinit const std::array<PowerOfTen, most_power_of_ten - least_power_of_ten + 1> powers_of_ten =
    all_powers();

}  // namespace mathtool::data
