#pragma once

#include <cstddef>
#include <cstdint>

#include "simd_level.hpp"

namespace mathtool::data {

/// Bytes are looked at in blocks of this many, as many as the bits of a mask: bit i stands for
/// byte i.
inline constexpr std::size_t block_size = 64;

/// Where the characters that shape a table stand in a few consecutive blocks of its text.
struct SymbolMasks {
  static constexpr std::size_t most_blocks = 32;
  std::uint64_t delimiters[most_blocks];
  std::uint64_t line_ends[most_blocks];
  std::uint64_t quotes[most_blocks];
};

/// Fields of a text, by the positions of the characters around them.
struct FieldBounds {
  const std::uint32_t* before;  ///< of the character before each field; 2^32 - 1 at the start
  const std::uint32_t* end;     ///< of the one behind it
  std::size_t count;
};

/// What is done to every byte of a table, for one instruction set. The results are the same from
/// each, bit for bit.
struct TextKernels {
  /// Fills in the masks of `blocks` ≤ SymbolMasks::most_blocks blocks; whether one of the bytes is
  /// NUL.
  bool (*find_symbols)(const char* text, std::size_t blocks, char delimiter, char line_end,
                       SymbolMasks& masks);

  /// Writes the positions of the set bits in ascending order, the first bit being `first`; returns
  /// their number. Pre: room for 64 positions for each block.
  std::size_t (*list_positions)(const std::uint64_t* masks, std::size_t blocks, std::uint32_t first,
                                std::uint32_t* positions);

  /// Reads the fields that are plain decimals, correctly rounded: an optional minus, digits,
  /// perhaps `decimal` among them. Lists the places of the others in `unread`, which has room for
  /// all, and returns their number.
  ///
  /// Pre:  15 bytes before the text can be read, and what stands behind a field is no digit and not
  ///       `decimal`.
  std::size_t (*read_decimals)(const char* text, FieldBounds fields, char decimal, double* values,
                               std::uint32_t* unread);
};

/// Pre: the processor supports `level`.
const TextKernels& text_kernels(SimdLevel level = simd_level());

/// The scalar `read_decimals` for the fields from `first` on, as `values` and the listed places
/// have it: what is left when others have read as many at once as they can.
std::size_t read_remaining_decimals(const char* text, FieldBounds fields, std::size_t first,
                                    char decimal, double* values, std::uint32_t* unread);

#if defined(__x86_64__)
extern const TextKernels avx2_text_kernels, avx512_text_kernels;
#endif

}  // namespace mathtool::data
