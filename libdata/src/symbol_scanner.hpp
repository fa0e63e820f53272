#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text_dialect.hpp"
#include "text_kernels.hpp"

namespace mathtool::data {

/// Goes through a text from the beginning of a record on and tells which delimiters and line ends
/// divide it, and which stand between quotes.
///
/// It understands the quotes of RFC 4180: one opens a field as its first character or closes it as
/// its last. The rest, blanks behind a closing quote for instance, it leaves to RecordScanner.
class SymbolScanner {
 public:
  SymbolScanner(std::string_view text, const TextDialect& dialect, const TextKernels& kernels)
      : text_(text), dialect_(dialect), kernels_(kernels) {}

  /// Goes on; false behind the end, or where the quotes are not regular.
  bool next();

  // What the last call of `next` went through. Its `delimiters` and `line_ends` are those outside
  // quotes, its `quotes` are the line ends inside.
  const SymbolMasks& masks() const { return masks_; }
  std::size_t blocks() const { return blocks_; }
  std::size_t first() const { return first_; }  ///< position of bit 0 of the first mask

  bool met_quoted_line_end() const { return met_quoted_line_end_; }
  bool met_nul() const { return met_nul_; }
  bool regular() const { return regular_; }  ///< quotes are, and the last one closes its field

 private:
  void load();
  bool has_quotes() const;
  bool resolve_quotes(std::size_t block);
  bool ends_line(std::uint64_t place) const;

  std::string_view text_;
  TextDialect dialect_;
  const TextKernels& kernels_;
  SymbolMasks masks_;
  std::size_t first_ = 0, blocks_ = 0;
  std::size_t position_ = 0;        // of what is still to be seen
  std::uint64_t inside_ = 0;        // all ones where the last block ended between quotes
  std::uint64_t after_symbol_ = 1;  // 1 where a field may begin with the next block
  std::uint64_t after_close_ = 0;   // 1 where the last block ended with a closing quote
  bool met_quoted_line_end_ = false, met_nul_ = false, regular_ = true;
};

}  // namespace mathtool::data
