#include "text_structure.hpp"

#include <algorithm>
#include <limits>

#include "symbol_scanner.hpp"

namespace mathtool::data {

void Positions::reserve_more(std::size_t count) {
  if (size_ + count <= capacity_) return;
  capacity_ = std::max(size_ + count, 2 * capacity_);
  auto larger = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_);
  std::copy(data_.get(), data_.get() + size_, larger.get());
  data_ = std::move(larger);
}

void find_structure(std::string_view text, const TextDialect& dialect, const TextKernels& kernels,
                    TextStructure& structure) {
  structure.plain = false;
  constexpr auto before_text = std::numeric_limits<std::uint32_t>::max();
  if (text.size() >= before_text) return;
  for (Positions* positions :
       {&structure.dividers, &structure.line_ends, &structure.quoted_line_ends})
    positions->clear();
  structure.dividers.reserve_more(1);
  *structure.dividers.end() = before_text;
  structure.dividers.grow(1);
  SymbolScanner scanner(text, dialect, kernels);
  std::uint64_t dividers[SymbolMasks::most_blocks];
  const auto list = [&](const std::uint64_t* masks, Positions& positions) {
    positions.reserve_more(scanner.blocks() * block_size);
    positions.grow(kernels.list_positions(
        masks, scanner.blocks(), static_cast<std::uint32_t>(scanner.first()), positions.end()));
  };
  while (scanner.next()) {
    const SymbolMasks& masks = scanner.masks();
    for (std::size_t block = 0; block < scanner.blocks(); ++block)
      dividers[block] = masks.delimiters[block] | masks.line_ends[block];
    list(dividers, structure.dividers);
    list(masks.line_ends, structure.line_ends);
    if (scanner.met_quoted_line_end()) list(masks.quotes, structure.quoted_line_ends);
  }
  structure.plain = scanner.regular() && !scanner.met_nul();
}

}  // namespace mathtool::data
