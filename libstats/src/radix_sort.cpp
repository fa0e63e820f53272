#include "radix_sort.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "ordered_key.hpp"

namespace mathtool::stats {
namespace {

constexpr int digit_bits = 8;
constexpr std::size_t radix = std::size_t{1} << digit_bits;
constexpr int digits = 4;         // of the leading bits in which keys differ; they tell most apart
constexpr std::size_t few = 128;  // below, comparing is faster

/// Numbers, or their keys in the place of numbers.
using Slots = std::span<double>;

std::uint64_t key_in(double slot) { return std::bit_cast<std::uint64_t>(slot); }

/// Sorts keys by the `digits` digits above `shift`, the lowest first, from one array into the other
/// and back. Returns the one that has them in the end.
Slots sort_by_digits(Slots keys, Slots other, int shift) {
  const auto digit = [shift](double slot, std::size_t place) {
    return (key_in(slot) >> (shift + digit_bits * static_cast<int>(place))) % radix;
  };
  std::array<std::array<std::size_t, radix>, digits> ends = {};
  for (const double slot : keys)
    for (std::size_t place = 0; place < digits; ++place) ++ends[place][digit(slot, place)];
  for (std::size_t place = 0; place < digits; ++place) {
    if (ends[place][digit(keys[0], place)] == keys.size()) continue;  // one digit throughout
    std::size_t begin = 0;
    for (std::size_t& end : ends[place]) begin += std::exchange(end, begin);
    for (const double slot : keys) other[ends[place][digit(slot, place)]++] = slot;
    std::swap(keys, other);
  }
  return keys;
}

/// Sorts each run of keys that differ below `shift` only.
void sort_rest(Slots keys, int shift) {
  for (auto run = keys.begin(); run != keys.end();) {
    auto end = run + 1;
    while (end != keys.end() && (key_in(*end) ^ key_in(*run)) >> shift == 0) ++end;
    if (!std::ranges::is_sorted(run, end, {}, key_in)) std::ranges::sort(run, end, {}, key_in);
    run = end;
  }
}

}  // namespace

void radix_sort(std::span<double> x) {
  if (x.size() < few) {
    std::sort(x.begin(), x.end());
    return;
  }
  // Fresh memory costs as much as a pass over it: keys take the place of their numbers.
  std::uint64_t differing = 0;
  const std::uint64_t first = ordered_key(x[0]);
  for (double& each : x) {
    const std::uint64_t key = ordered_key(each);
    differing |= key ^ first;
    each = std::bit_cast<double>(key);
  }
  const int shift = std::max(0, static_cast<int>(std::bit_width(differing)) - digits * digit_bits);
  std::vector<double> other(x.size());
  const Slots sorted = sort_by_digits(x, other, shift);
  sort_rest(sorted, shift);
  std::ranges::transform(sorted, x.begin(),
                         [](double slot) { return from_ordered_key(key_in(slot)); });
}

}  // namespace mathtool::stats
