#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "text_dialect.hpp"

namespace mathtool::data {

/// One row of a table as text, without its line end.
struct Record {
  std::string_view text = {};
  std::int64_t line = 0;  ///< on which it begins
};

/// Whether a text goes on behind its last byte.
enum class TextEnd { of_table, of_buffer };

/// Finds where records end. A quote opens a quoted field only as the first character of a field;
/// everywhere else it is text. Blank lines are no records.
class RecordScanner {
 public:
  RecordScanner(std::string_view text, const TextDialect& dialect, std::int64_t first_line,
                TextEnd end);

  /// The next record; none when the text has no further complete one. At the end of a table the
  /// last line needs no line end.
  std::optional<Record> next();

  std::size_t position() const { return static_cast<std::size_t>(at_ - begin_); }
  std::int64_t line() const { return line_; }  ///< of `position`

  /// The line of a quote that the text opens and does not close, once `next` has returned none.
  std::optional<std::int64_t> open_quote() const { return open_quote_; }

 private:
  const char* find_line_end();
  const char* find(char c, const char* from) const;
  const char* closing_quote(const char* from) const;
  bool opens_field(const char* quote) const;

  const char* begin_;
  const char* end_;
  const char* at_;                // where the next record begins
  const char* next_quote_;        // the first quote at or behind `at_`
  std::int64_t line_;             // of `at_`
  std::int64_t inner_lines_ = 0;  // line ends inside the quotes of the current record
  TextDialect dialect_;
  TextEnd text_end_;
  std::optional<std::int64_t> open_quote_ = {};
};

}  // namespace mathtool::data
