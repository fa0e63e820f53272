#include "table_sample.hpp"

#include <algorithm>

#include "dialect_detection.hpp"
#include "file_signature.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"
#include "record_count.hpp"

namespace mathtool::data {
namespace {

constexpr std::size_t enough = std::size_t{32} << 20;  // bytes, of two records or more

/// Reads on until `sample.text` has `size` bytes or the input ends.
void extend(TableSample& sample, std::size_t size, Input& input) {
  const std::size_t before = sample.text.size();
  sample.text.resize(size);
  const std::size_t count = input.read(std::span(sample.text).subspan(before));
  sample.text.resize(before + count);
  if (sample.text.size() < size) sample.end = TextEnd::of_table;
}

bool all_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// How much text will hold `wanted` records, when `records` take up `size`: not much more, and at
/// least twice as much.
std::size_t estimate_size(std::size_t size, Index records, Index wanted) {
  const double factor =
      1.0625 * static_cast<double>(wanted) / static_cast<double>(std::max<Index>(records, 1));
  const double estimate = std::min(factor * static_cast<double>(size), double(enough));
  return std::max(2 * size, static_cast<std::size_t>(estimate));
}

}  // namespace

TableSample read_sample(Input& input, const ReadOptions& options) {
  constexpr std::size_t first_size = std::size_t{256} << 10;
  constexpr Index tell_dialect = 10;                           // records, or so many bytes:
  constexpr std::size_t tells_dialect = std::size_t{4} << 20;  // more changes nothing
  const Index wanted = Index{options.sample_rows} + 1;
  TableSample sample;
  std::size_t size_by_dialect = 0;  // of the text that told the dialect
  for (std::size_t size = first_size;;) {
    const bool at_start = sample.text.empty();
    extend(sample, size, input);
    if (at_start) {
      require<InsufficientDataError>(!sample.text.empty(), "{} is empty", input.name());
      refuse_other_formats(sample.text, input.name());
      sample.mark_size = byte_order_mark_size(sample.text);
      sample.text.erase(0, sample.mark_size);
    }
    require<InsufficientDataError>(sample.end == TextEnd::of_buffer || !all_blank(sample.text),
                                   "{} is empty: all its lines are blank", input.name());
    const auto detect = [&] {
      sample.dialect = detect_dialect(sample.text, sample.end, options, input.name());
      size_by_dialect = sample.text.size();
    };
    const auto count = [&] {
      return count_records(sample.text, sample.dialect, 1, sample.end, wanted).records;
    };
    const auto suffices = [&](Index records) {
      return sample.end == TextEnd::of_table || records == wanted ||
             (records >= 2 && size >= enough);
    };
    if (at_start) detect();
    Index records = count();
    if (at_start && records >= tell_dialect) size_by_dialect = tells_dialect;
    const bool outgrown = size_by_dialect < std::min(sample.text.size(), tells_dialect);
    if (outgrown && (suffices(records) || records == 0)) {
      detect();
      records = count();
    }
    if (suffices(records)) return sample;
    require<DataError>(size < longest_row,
                       "{}:1: the first row is longer than 256 MiB; does a quote open there and "
                       "never close?",
                       input.name());
    size = estimate_size(size, records, wanted);
  }
}

}  // namespace mathtool::data
