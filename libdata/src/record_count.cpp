#include "record_count.hpp"

#include "blank_line.hpp"
#include "symbol_scanner.hpp"

namespace mathtool::data {
namespace {

bool is_record(std::string_view line, const TextDialect& dialect) {
  // Nearly all lines end with something that cannot be seen as blank.
  if (!line.empty() && static_cast<unsigned char>(line.back()) > ' ') return true;
  return !is_blank_line(without_carriage_return(line, dialect), dialect);
}

/// Those that stand complete in the text, as long as quotes are regular.
RecordCount count_regular(std::string_view text, const TextDialect& dialect, std::int64_t line,
                          Index most, const TextKernels& kernels) {
  RecordCount count{.line = line};
  std::size_t begin = 0;
  std::uint32_t ends[SymbolMasks::most_blocks * block_size];
  std::uint32_t quoted_ends[SymbolMasks::most_blocks * block_size];
  SymbolScanner scanner(text, dialect, kernels);
  while (count.records < most && scanner.next()) {
    const SymbolMasks& masks = scanner.masks();
    const std::size_t n = kernels.list_positions(masks.line_ends, scanner.blocks(), 0, ends);
    std::size_t quoted = 0, passed = 0;
    if (scanner.met_quoted_line_end())
      quoted = kernels.list_positions(masks.quotes, scanner.blocks(), 0, quoted_ends);
    for (std::size_t i = 0; i < n && count.records < most; ++i) {
      for (; passed < quoted && quoted_ends[passed] < ends[i]; ++passed) ++line;
      ++line;
      const std::size_t end = scanner.first() + ends[i];
      if (is_record(text.substr(begin, end - begin), dialect)) {
        ++count.records;
        count.size = end + 1;
        count.line = line;
      }
      begin = end + 1;
    }
    line += static_cast<std::int64_t>(quoted - passed);
  }
  return count;
}

}  // namespace

RecordCount count_records(std::string_view text, const TextDialect& dialect,
                          std::int64_t first_line, TextEnd end, Index most,
                          const TextKernels& kernels) {
  RecordCount count = count_regular(text, dialect, first_line, most, kernels);
  if (count.records == most) return count;
  // What is left: nothing, a last line without line end, an incomplete one, or irregular quotes.
  RecordScanner scanner(text.substr(count.size), dialect, count.line, end);
  while (count.records < most && scanner.next()) ++count.records;
  count.size += scanner.position();
  count.line = scanner.line();
  count.open_quote = scanner.open_quote();
  return count;
}

}  // namespace mathtool::data
