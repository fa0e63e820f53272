#include "field_cursor.hpp"

#include <algorithm>

namespace mathtool::data {

std::string Field::content() const {
  if (!has_escapes) return std::string(text);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] == '"') ++i;  // the second of the pair
  }
  return result;
}

Field FieldCursor::next() {
  Field field;
  const char* stop;
  if (at_ < end_ && *at_ == '"') {
    const char* begin = at_ + 1;
    const char* close = std::find(begin, end_, '"');
    while (close + 1 < end_ && close[1] == '"') {
      field.has_escapes = true;
      close = std::find(close + 2, end_, '"');
    }
    const char* behind = std::min(close + 1, end_);
    stop = find_delimiter(behind);
    field.text = {begin, static_cast<std::size_t>(close - begin)};
    field.quoted = true;
    field.well_formed = close < end_ && std::all_of(behind, stop, is_blank);
  } else {
    stop = find_delimiter(at_);
    field.text = {at_, static_cast<std::size_t>(stop - at_)};
  }
  leave_field(stop);
  return field;
}

bool FieldCursor::skip() {
  if (at_ < end_ && *at_ == '"') return next().well_formed;
  leave_field(find_delimiter(at_));
  return true;
}

}  // namespace mathtool::data
