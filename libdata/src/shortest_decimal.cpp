#include "shortest_decimal.hpp"

#include <bit>

#include "powers_of_ten.hpp"

namespace mathtool::data {
namespace {

// The logarithms hold for every exponent that a double can have.
constexpr int floor_log2_of_power_of_ten(int k) { return k * 1741647 >> 19; }
constexpr int floor_log10_of_power_of_two(int q) { return q * 1262611 >> 22; }
constexpr int floor_log10_of_three_quarters_of_power_of_two(int q) {
  return (q * 1262611 - 524031) >> 22;
}

/// ⌊g c / 2^128⌋, with a last bit of 1 where that is not all.
std::uint64_t round_to_odd(const PowerOfTen& g, std::uint64_t c) {
  __extension__ using Wide = unsigned __int128;
  const auto carried = static_cast<std::uint64_t>(Wide{g.low} * c >> 64);
  const Wide product = Wide{g.high} * c + carried;
  return static_cast<std::uint64_t>(product >> 64) | (static_cast<std::uint64_t>(product) > 1);
}

}  // namespace

Decimal shortest_decimal(double x) {
  constexpr int fraction_bits = 52, bias = 1075;
  constexpr std::uint64_t hidden = std::uint64_t{1} << fraction_bits;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t fraction = bits & (hidden - 1);
  const int field = static_cast<int>(bits >> fraction_bits);

  // x = c · 2^q. What lies between the neighbours' midpoints reads back as x, and the midpoints
  // themselves where c is even. Below a power of two the neighbour is half as far.
  const std::uint64_t c = field == 0 ? fraction : hidden | fraction;
  const int q = field == 0 ? 1 - bias : field - bias;
  const bool nearer_below = fraction == 0 && field > 1;
  const int k = nearer_below ? floor_log10_of_three_quarters_of_power_of_two(q)
                             : floor_log10_of_power_of_two(q);

  // Four times the bounds and x itself in units of 10^k, rounded so that comparisons are right.
  const int shift = q + floor_log2_of_power_of_ten(-k) + 1;
  const PowerOfTen& g = power_of_ten(-k);
  const std::uint64_t odd = c & 1;
  const std::uint64_t lower = round_to_odd(g, (4 * c - 2 + nearer_below) << shift) + odd;
  const std::uint64_t centre = round_to_odd(g, 4 * c << shift);
  const std::uint64_t upper = round_to_odd(g, (4 * c + 2) << shift) - odd;

  // Without branches, as their outcome is anyone's guess. One digit less, if one such decimal lies
  // within the bounds; else one that does, or the nearer of two.
  const std::uint64_t s = centre / 4, tens = s / 10, middle = 4 * s + 2;
  const bool tens_below = lower <= 40 * tens, tens_above = 40 * tens + 40 <= upper;
  const auto shorter = static_cast<std::uint64_t>((s >= 10) & (tens_below != tens_above));
  const bool below = lower <= 4 * s, above = 4 * s + 4 <= upper;
  const bool nearer_above = (centre > middle) | ((centre == middle) & ((s & 1) != 0));
  const bool up = (above & !below) | ((above == below) & nearer_above);
  const std::uint64_t one_less = tens + tens_above, otherwise = s + up;
  return {otherwise ^ ((otherwise ^ one_less) & (0 - shorter)), k + static_cast<int>(shorter)};
}

}  // namespace mathtool::data
