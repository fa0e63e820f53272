#include "symbol_scanner.hpp"

#include <algorithm>
#include <bit>

namespace mathtool::data {
namespace {

/// Bit i is the parity of the bits 0 ... i.
std::uint64_t running_parity(std::uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace

bool SymbolScanner::next() {
  if (position_ >= text_.size()) {
    regular_ = regular_ && !inside_;
    return false;
  }
  load();
  if (inside_ || has_quotes()) {
    for (std::size_t block = 0; block < blocks_ && regular_; ++block)
      regular_ = resolve_quotes(block);
    return regular_;
  }
  const std::uint64_t last = masks_.delimiters[blocks_ - 1] | masks_.line_ends[blocks_ - 1];
  regular_ = !after_close_ || ((masks_.delimiters[0] | masks_.line_ends[0]) & 1) || ends_line(0);
  after_symbol_ = last >> 63;
  after_close_ = 0;
  return regular_;
}

/// The masks of the next blocks, none of whose bits lies behind the text.
void SymbolScanner::load() {
  first_ = position_;
  const std::size_t whole = (text_.size() - first_) / block_size;
  blocks_ = std::min(whole, SymbolMasks::most_blocks);
  const char* from = text_.data() + first_;
  char last_block[block_size];
  if (blocks_ == 0) {
    std::fill(std::begin(last_block), std::end(last_block), '0');  // a digit divides nothing
    text_.copy(last_block, block_size, first_);
    from = last_block;
    blocks_ = 1;
  }
  const bool nul =
      kernels_.find_symbols(from, blocks_, dialect_.delimiter, dialect_.line_end, masks_);
  met_nul_ = met_nul_ || nul;
  position_ += blocks_ * block_size;
}

bool SymbolScanner::has_quotes() const {
  std::uint64_t quotes = 0;
  for (std::size_t block = 0; block < blocks_; ++block) quotes |= masks_.quotes[block];
  return quotes != 0;
}

/// Whether all quotes of the block are regular.
bool SymbolScanner::resolve_quotes(std::size_t block) {
  const std::uint64_t quotes = masks_.quotes[block];
  const std::uint64_t symbols = masks_.delimiters[block] | masks_.line_ends[block] | quotes;
  // From each opening quote to the character before the closing one. In "a""b" the field closes
  // and opens again, with nothing in between that could divide it.
  const std::uint64_t inside = running_parity(quotes) ^ inside_;
  const std::uint64_t opening = quotes & inside, closing = quotes & ~inside;
  std::uint64_t text_behind = (closing << 1 | after_close_) & ~symbols;
  for (; text_behind; text_behind &= text_behind - 1)
    if (!ends_line(block * block_size + static_cast<std::uint64_t>(std::countr_zero(text_behind))))
      return false;
  if (opening & ~(symbols << 1 | after_symbol_)) return false;

  masks_.quotes[block] = masks_.line_ends[block] & inside;
  met_quoted_line_end_ = met_quoted_line_end_ || masks_.quotes[block] != 0;
  masks_.delimiters[block] &= ~inside;
  masks_.line_ends[block] &= ~inside;
  inside_ = std::uint64_t{0} - (inside >> 63);
  after_symbol_ = symbols >> 63;
  after_close_ = closing >> 63;
  return true;
}

/// Whether the '\r' of a line end stands there.
bool SymbolScanner::ends_line(std::uint64_t place) const {
  const std::string_view behind = text_.substr(std::min(first_ + place, text_.size()));
  return behind.empty() || (dialect_.line_end == '\n' && behind.starts_with("\r\n"));
}

}  // namespace mathtool::data
