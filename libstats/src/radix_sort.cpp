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

using Keys = std::vector<std::uint64_t>;

/// Sorts by the `digits` digits above `shift`, the lowest first.
void sort_by_digits(Keys& keys, int shift) {
  const auto digit = [shift](std::uint64_t key, std::size_t place) {
    return (key >> (shift + digit_bits * static_cast<int>(place))) % radix;
  };
  std::array<std::array<std::size_t, radix>, digits> ends = {};
  for (const std::uint64_t key : keys)
    for (std::size_t place = 0; place < digits; ++place) ++ends[place][digit(key, place)];
  Keys sorted(keys.size());
  for (std::size_t place = 0; place < digits; ++place) {
    if (ends[place][digit(keys[0], place)] == keys.size()) continue;  // one digit throughout
    std::size_t begin = 0;
    for (std::size_t& end : ends[place]) begin += std::exchange(end, begin);
    for (const std::uint64_t key : keys) sorted[ends[place][digit(key, place)]++] = key;
    keys.swap(sorted);
  }
}

/// Sorts each run of keys that differ below `shift` only.
void sort_rest(Keys& keys, int shift) {
  for (auto run = keys.begin(); run != keys.end();) {
    auto end = run + 1;
    while (end != keys.end() && (*end ^ *run) >> shift == 0) ++end;
    if (!std::is_sorted(run, end)) std::sort(run, end);
    run = end;
  }
}

}  // namespace

void radix_sort(std::span<double> x) {
  if (x.size() < few) {
    std::sort(x.begin(), x.end());
    return;
  }
  Keys keys(x.size());
  std::transform(x.begin(), x.end(), keys.begin(), ordered_key);
  std::uint64_t differing = 0;
  for (const std::uint64_t key : keys) differing |= key ^ keys[0];
  const int shift = std::max(0, static_cast<int>(std::bit_width(differing)) - digits * digit_bits);
  sort_by_digits(keys, shift);
  sort_rest(keys, shift);
  std::transform(keys.begin(), keys.end(), x.begin(), from_ordered_key);
}

}  // namespace mathtool::stats
