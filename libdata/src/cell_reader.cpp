#include "cell_reader.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "blanks.hpp"

namespace mathtool::data {
namespace {

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

CellKind parse_number(std::string_view text, char decimal, double& value) {
  std::string_view magnitude = text;
  if (text.starts_with('-') || text.starts_with('+')) magnitude.remove_prefix(1);
  // fast_float would also take "nan(...)" and a second sign.
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  if (magnitude.empty() || !(is_digit(magnitude.front()) || magnitude.front() == decimal))
    return equal_ignoring_case(magnitude, "inf") || equal_ignoring_case(magnitude, "infinity")
               ? CellKind::infinite
               : CellKind::text;
  const char* end = magnitude.data() + magnitude.size();
  const fast_float::parse_options options(fast_float::chars_format::general, decimal);
  const auto parsed = fast_float::from_chars_advanced(magnitude.data(), end, value, options);
  if (parsed.ec == std::errc::invalid_argument || parsed.ptr != end) return CellKind::text;
  if (std::isinf(value)) return CellKind::too_large;
  if (text.front() == '-') value = -value;
  return CellKind::number;
}

}  // namespace

CellReader::CellReader(const ReadOptions& options)
    : missing_(options.missing), decimal_(options.decimal) {
  plain_numbers_are_values_ =
      std::none_of(missing_.begin(), missing_.end(), [&](const auto& token) {
        double value;
        return parse_number(token, decimal_, value) == CellKind::number;
      });
}

CellKind CellReader::understand(const Field& field, double& value) const {
  if (!field.well_formed) return CellKind::text;
  const std::string_view text = trim_blanks(field.text);
  if (text.empty()) return CellKind::missing;
  const CellKind kind = parse_number(text, decimal_, value);
  if (kind == CellKind::number && plain_numbers_are_values_) return kind;
  const bool missing = std::find(missing_.begin(), missing_.end(), text) != missing_.end();
  return missing ? CellKind::missing : kind;
}

}  // namespace mathtool::data
