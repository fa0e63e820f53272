#include "text_kernels.hpp"

#include <bit>
#include <cstring>

#include "short_decimal.hpp"

namespace mathtool::data {
namespace {

static_assert(std::endian::native == std::endian::little, "bit i of a mask stands for byte i");

constexpr std::uint64_t in_every_byte(unsigned char c) { return 0x0101010101010101 * c; }

/// The highest bit of each byte that is 0.
std::uint64_t zero_bytes(std::uint64_t word) {
  constexpr std::uint64_t low = in_every_byte(0x7f);
  return ~(((word & low) + low) | word | low);
}

/// Bit i is the highest bit of byte i. Pre: no other bits are set.
std::uint64_t gather_bits(std::uint64_t highest_bits) {
  return ((highest_bits >> 7) * 0x0102040810204080) >> 56;
}

bool find_symbols(const char* text, std::size_t blocks, char delimiter, char line_end,
                  SymbolMasks& masks) {
  const std::uint64_t delimiters = in_every_byte(static_cast<unsigned char>(delimiter));
  const std::uint64_t line_ends = in_every_byte(static_cast<unsigned char>(line_end));
  constexpr std::uint64_t quotes = in_every_byte('"');
  std::uint64_t nul = 0;
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t found[3] = {};
    for (unsigned at = 0; at < block_size; at += 8, text += 8) {
      std::uint64_t word;
      std::memcpy(&word, text, sizeof word);
      found[0] |= gather_bits(zero_bytes(word ^ delimiters)) << at;
      // Few words hold one of these.
      if (const auto here = zero_bytes(word ^ line_ends)) found[1] |= gather_bits(here) << at;
      if (const auto here = zero_bytes(word ^ quotes)) found[2] |= gather_bits(here) << at;
      nul |= zero_bytes(word);
    }
    masks.delimiters[block] = found[0];
    masks.line_ends[block] = found[1];
    masks.quotes[block] = found[2];
  }
  return nul != 0;
}

std::size_t list_positions(const std::uint64_t* masks, std::size_t blocks, std::uint32_t first,
                           std::uint32_t* positions) {
  std::uint32_t* out = positions;
  for (std::size_t block = 0; block < blocks; ++block, first += block_size)
    for (std::uint64_t mask = masks[block]; mask; mask &= mask - 1)
      *out++ = first + static_cast<std::uint32_t>(std::countr_zero(mask));
  return static_cast<std::size_t>(out - positions);
}

std::size_t read_decimals(const char* text, FieldBounds fields, char decimal, double* values,
                          std::uint32_t* unread) {
  return read_remaining_decimals(text, fields, 0, decimal, values, unread);
}

constexpr TextKernels scalar_text_kernels{find_symbols, list_positions, read_decimals};

}  // namespace

std::size_t read_remaining_decimals(const char* text, FieldBounds fields, std::size_t first,
                                    char decimal, double* values, std::uint32_t* unread) {
  std::size_t left = 0;
  for (std::size_t i = first; i < fields.count; ++i) {
    const char* begin = text + static_cast<std::uint32_t>(fields.before[i] + 1);
    unread[left] = static_cast<std::uint32_t>(i);
    left += read_short_decimal(begin, decimal, values[i]) != text + fields.end[i];
  }
  return left;
}

const TextKernels& text_kernels([[maybe_unused]] SimdLevel level) {
#if defined(__x86_64__)
  if (level == SimdLevel::avx512) return avx512_text_kernels;
  if (level == SimdLevel::avx2) return avx2_text_kernels;
#endif
  return scalar_text_kernels;
}

}  // namespace mathtool::data
