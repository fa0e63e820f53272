#pragma once

#include <string>
#include <string_view>

#include "blanks.hpp"
#include "mathtool/math/types.hpp"
#include "short_decimal.hpp"
#include "text_dialect.hpp"

namespace mathtool::data {

/// One cell as it stands in a record.
struct Field {
  std::string_view text = {};  ///< of a quoted field: between the quotes
  bool quoted = false;
  bool has_escapes = false;  ///< "" stands for "
  bool well_formed = true;   ///< nothing but blanks between a closing quote and the delimiter

  std::string content() const;  ///< without quotes and escapes
};

/// Walks through the fields of a record, which has at least one.
///
/// Pre:  the byte behind the record can be read and is no part of a number: a line end or a zero.
class FieldCursor {
 public:
  FieldCursor(std::string_view record, const TextDialect& dialect)
      : at_(record.data()), end_(record.data() + record.size()), dialect_(dialect) {
    if (dialect_.blank_separated()) skip_blanks();
  }

  bool done() const { return done_; }

  /// The next field. Pre: not done.
  Field next();

  /// Takes the next field if it is a plain short decimal, as nearly all numbers are, in one look at
  /// each byte; otherwise does nothing. Pre: not done.
  bool take_number(double& value) {
    const char* p = at_;
    while (*p == ' ') ++p;
    const char* stop = read_short_decimal(p, dialect_.decimal, value);
    if (!stop || !(stop == end_ || dialect_.divides(*stop))) return false;
    leave_field(stop);
    return true;
  }

  /// Passes over the next field; whether it was well-formed. Pre: not done.
  bool skip();

 private:
  void skip_blanks() {
    while (at_ < end_ && is_blank(*at_)) ++at_;
  }

  void leave_field(const char* stop) {
    at_ = stop;
    if (dialect_.blank_separated()) {
      skip_blanks();
      done_ = at_ == end_;
    } else {
      done_ = at_ == end_;
      at_ += !done_;
    }
  }

  const char* find_delimiter(const char* from) const {
    while (from < end_ && !dialect_.divides(*from)) ++from;
    return from;
  }

  const char* at_;
  const char* end_;
  TextDialect dialect_;
  bool done_ = false;
};

/// The field that `text` consists of.
inline Field only_field(std::string_view text, const TextDialect& dialect) {
  if (text.starts_with('"')) return FieldCursor(text, dialect).next();
  return {.text = text};
}

}  // namespace mathtool::data
