#include "mathtool/math/random/philox.hpp"

#include <algorithm>

#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

constexpr std::uint64_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;

constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }

/// Two draws for each counter from `first` on.
MATHTOOL_MULTIVERSION
void fill_draws(std::array<std::uint32_t, 2> key, std::uint64_t stream, std::uint64_t first,
                std::array<std::uint64_t, 64>& draws) {
  // Word by word over all counters: the compiler makes vector instructions of the inner loops, if
  // they are long enough not to be unrolled first.
  constexpr std::size_t lanes = 32;
  std::uint32_t x0[lanes], x1[lanes], x2[lanes], x3[lanes];
  for (std::size_t i = 0; i < lanes; ++i) {
    x0[i] = low(first + i);
    x1[i] = high(first + i);
    x2[i] = low(stream);
    x3[i] = high(stream);
  }
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::uint64_t p0 = multiplier_0 * x0[i], p1 = multiplier_1 * x2[i];
      x0[i] = high(p1) ^ x1[i] ^ key[0];
      x1[i] = low(p1);
      x2[i] = high(p0) ^ x3[i] ^ key[1];
      x3[i] = low(p0);
    }
    key = {key[0] + weyl_0, key[1] + weyl_1};
  }
  for (std::size_t i = 0; i < lanes; ++i) {
    draws[2 * i] = x0[i] | std::uint64_t{x1[i]} << 32;
    draws[2 * i + 1] = x2[i] | std::uint64_t{x3[i]} << 32;
  }
}

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
    const std::span<const result_type> draws = ahead();
    const std::size_t count = std::min(out.size(), draws.size());
    std::copy_n(draws.data(), count, out.data());
    skip(count);
    out = out.subspan(count);
  }
}

void Philox::fill() {
  fill_draws({low(seed_), high(seed_)}, stream_, position_ / buffered * (buffered / 2), draws_);
}

}  // namespace mathtool::math
