#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "text_dialect.hpp"
#include "text_kernels.hpp"

namespace mathtool::data {

/// An array of positions that grows without touching what it does not use.
class Positions {
 public:
  /// Room for `count` more. Invalidates pointers.
  void reserve_more(std::size_t count);

  /// Where the next positions are to be written, and that `count` of them were.
  std::uint32_t* end() { return data_.get() + size_; }
  void grow(std::size_t count) { size_ += count; }
  void clear() { size_ = 0; }

  const std::uint32_t* begin() const { return data_.get(); }
  const std::uint32_t* end() const { return data_.get() + size_; }
  std::size_t size() const { return size_; }

 private:
  std::unique_ptr<std::uint32_t[]> data_ = {};
  std::size_t size_ = 0, capacity_ = 0;
};

/// The positions in a text that divide it into rows and fields.
struct TextStructure {
  /// Delimiters and line ends outside quotes, behind 2^32 - 1, which stands for the position before
  /// the text: each field lies between two neighbours.
  Positions dividers = {};
  Positions line_ends = {};         ///< the line ends among them
  Positions quoted_line_ends = {};  ///< those between quotes
  bool plain = false;  ///< complete: quotes are regular, no byte is NUL, positions fit 32 bits
};

/// Fills in `structure`, whose memory it uses again.
///
/// Pre: the text begins with a record and ends with a line end; its fields are not separated by
/// blanks.
void find_structure(std::string_view text, const TextDialect& dialect, const TextKernels& kernels,
                    TextStructure& structure);

}  // namespace mathtool::data
