#include "mathtool/math/random/philox.hpp"

#include <algorithm>

namespace mathtool::math {
namespace {

constexpr std::uint64_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;

constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }

}  // namespace

std::array<std::uint32_t, 4> Philox::rounds(std::array<std::uint32_t, 4> counter,
                                            std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = multiplier_0 * counter[0], p1 = multiplier_1 * counter[2];
    counter = {high(p1) ^ counter[1] ^ key[0], low(p1), high(p0) ^ counter[3] ^ key[1], low(p0)};
    key = {key[0] + weyl_0, key[1] + weyl_1};
  }
  return counter;
}

void Philox::draw(std::span<result_type> out) {
  while (!out.empty()) {
    if (position_ % buffered == 0) fill();
    const std::size_t first = position_ % buffered;
    const std::size_t count = std::min(out.size(), buffered - first);
    std::copy_n(draws_.data() + first, count, out.data());
    position_ += count;
    out = out.subspan(count);
  }
}

void Philox::fill() {
  // Word by word over all counters: the compiler makes vector instructions of the inner loops, if
  // they are long enough not to be unrolled first.
  constexpr std::size_t lanes = buffered / 2;
  std::uint32_t x0[lanes], x1[lanes], x2[lanes], x3[lanes];
  const std::uint64_t first = position_ / buffered * lanes;
  for (std::size_t i = 0; i < lanes; ++i) {
    x0[i] = low(first + i);
    x1[i] = high(first + i);
    x2[i] = low(stream_);
    x3[i] = high(stream_);
  }
  std::uint32_t k0 = low(seed_), k1 = high(seed_);
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::uint64_t p0 = multiplier_0 * x0[i], p1 = multiplier_1 * x2[i];
      x0[i] = high(p1) ^ x1[i] ^ k0;
      x1[i] = low(p1);
      x2[i] = high(p0) ^ x3[i] ^ k1;
      x3[i] = low(p0);
    }
    k0 += weyl_0;
    k1 += weyl_1;
  }
  for (std::size_t i = 0; i < lanes; ++i) {
    draws_[2 * i] = x0[i] | std::uint64_t{x1[i]} << 32;
    draws_[2 * i + 1] = x2[i] | std::uint64_t{x3[i]} << 32;
  }
}

}  // namespace mathtool::math
