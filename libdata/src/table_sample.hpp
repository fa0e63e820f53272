#pragma once

#include <string>

#include "mathtool/data/input.hpp"
#include "mathtool/data/read_options.hpp"
#include "record_scanner.hpp"
#include "text_dialect.hpp"

namespace mathtool::data {

/// The first rows of a table as text: the sample that the options ask for and what was read with
/// it.
struct TableSample {
  std::string text = {};      ///< without a byte order mark
  std::size_t mark_size = 0;  ///< bytes of that mark
  TextEnd end = TextEnd::of_buffer;
  TextDialect dialect = {};
};

/// No row may be longer: without a limit, a stray quote would read all the rest into memory.
constexpr std::size_t longest_row = std::size_t{256} << 20;

/// Reads until there are `options.sample_rows` rows and a header, or 32 MiB with at least two rows.
/// Throws: DataError for what is no text table; InsufficientDataError for an empty one.
TableSample read_sample(Input& input, const ReadOptions& options);

}  // namespace mathtool::data
