#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mathtool/math/types.hpp"
#include "record_scanner.hpp"
#include "text_dialect.hpp"
#include "text_kernels.hpp"

namespace mathtool::data {

/// The first records of a text, and where it goes on behind them.
struct RecordCount {
  Index records = 0;
  std::size_t size = 0;                         ///< of the text that holds them
  std::int64_t line = 1;                        ///< behind that text
  std::optional<std::int64_t> open_quote = {};  ///< as in RecordScanner
};

/// Counts at most `most` records, the same as RecordScanner, but regular ones at the speed of
/// memory.
RecordCount count_records(std::string_view text, const TextDialect& dialect,
                          std::int64_t first_line, TextEnd end, Index most,
                          const TextKernels& kernels = text_kernels());

}  // namespace mathtool::data
