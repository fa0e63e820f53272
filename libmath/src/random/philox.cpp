#include "mathtool/math/random/philox.hpp"

#include <algorithm>

#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

constexpr std::uint64_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;

constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }

/// What holds a word of 32 bits in the loops below. Lanes of 64 bits, where vectors can multiply
/// such, need no shuffles between a product and its halves; what is above the word is ignored.
#if defined(__AVX512DQ__)
using Lane = std::uint64_t;
#else
using Lane = std::uint32_t;
#endif
constexpr Lane word = 0xffffffff;

/// Two draws for each of 32 counters from `first` on.
MATHTOOL_MULTIVERSION
void fill_draws(std::array<std::uint32_t, 2> key, std::uint64_t stream, std::uint64_t first,
                std::uint64_t* draws) {
  // Word by word over all counters: the compiler makes vector instructions of the inner loops, if
  // they are long enough not to be unrolled first.
  constexpr std::size_t lanes = 32;
  Lane x0[lanes], x1[lanes], x2[lanes], x3[lanes];
  for (std::size_t i = 0; i < lanes; ++i) {
    x0[i] = low(first + i);
    x1[i] = high(first + i);
    x2[i] = low(stream);
    x3[i] = high(stream);
  }
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::uint64_t p0 = multiplier_0 * (x0[i] & word), p1 = multiplier_1 * (x2[i] & word);
      x0[i] = static_cast<Lane>(p1 >> 32) ^ x1[i] ^ key[0];
      x1[i] = static_cast<Lane>(p1);
      x2[i] = static_cast<Lane>(p0 >> 32) ^ x3[i] ^ key[1];
      x3[i] = static_cast<Lane>(p0);
    }
    key = {key[0] + weyl_0, key[1] + weyl_1};
  }
  for (std::size_t i = 0; i < lanes; ++i) {
    draws[2 * i] = (x0[i] & word) | std::uint64_t{x1[i]} << 32;
    draws[2 * i + 1] = (x2[i] & word) | std::uint64_t{x3[i]} << 32;
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
    if (position_ % buffered == 0 && out.size() >= buffered) {
      fill(out.data());
      skip(buffered);
      out = out.subspan(buffered);
      continue;
    }
    const std::span<const result_type> draws = ahead();
    const std::size_t count = std::min(out.size(), draws.size());
    std::copy_n(draws.data(), count, out.data());
    skip(count);
    out = out.subspan(count);
  }
}

void Philox::fill(result_type* draws) const {
  fill_draws({low(seed_), high(seed_)}, stream_, position_ / buffered * (buffered / 2), draws);
}

}  // namespace mathtool::math
