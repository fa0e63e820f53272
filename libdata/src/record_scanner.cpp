#include "record_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "blank_line.hpp"

namespace mathtool::data {

RecordScanner::RecordScanner(std::string_view text, const TextDialect& dialect,
                             std::int64_t first_line, TextEnd end)
    : begin_(text.data()),
      end_(text.data() + text.size()),
      at_(begin_),
      next_quote_(find('"', begin_)),
      line_(first_line),
      dialect_(dialect),
      text_end_(end) {}

std::optional<Record> RecordScanner::next() {
  while (at_ < end_) {
    const char* stop = find_line_end();
    if (!stop) break;
    const std::string_view line(at_, static_cast<std::size_t>(stop - at_));
    const Record record{without_carriage_return(line, dialect_), line_};
    at_ = stop < end_ ? stop + 1 : stop;
    line_ += 1 + inner_lines_;
    if (!is_blank_line(record.text, dialect_)) return record;
  }
  return std::nullopt;
}

/// Where the record that begins at `at_` stops; null when the text ends first.
const char* RecordScanner::find_line_end() {
  inner_lines_ = 0;
  const char* stop = find(dialect_.line_end, at_);
  if (next_quote_ < at_) next_quote_ = find('"', at_);
  while (next_quote_ < stop) {
    if (!opens_field(next_quote_)) {
      next_quote_ = find('"', next_quote_ + 1);
      continue;
    }
    const char* close = closing_quote(next_quote_ + 1);
    if (close == end_) {
      open_quote_ = line_ + inner_lines_;
      return nullptr;
    }
    if (stop < close) {
      inner_lines_ += std::count(stop, close, dialect_.line_end);
      stop = find(dialect_.line_end, close);
    }
    next_quote_ = find('"', close + 1);
  }
  return stop == end_ && text_end_ == TextEnd::of_buffer ? nullptr : stop;
}

const char* RecordScanner::find(char c, const char* from) const {
  if (from == end_) return end_;
  const void* found = std::memchr(from, c, static_cast<std::size_t>(end_ - from));
  return found ? static_cast<const char*>(found) : end_;
}

const char* RecordScanner::closing_quote(const char* from) const {
  const char* quote = find('"', from);
  while (quote + 1 < end_ && quote[1] == '"') quote = find('"', quote + 2);
  return quote;
}

bool RecordScanner::opens_field(const char* quote) const {
  return quote == at_ || dialect_.divides(quote[-1]);
}

}  // namespace mathtool::data
