#include <fmt/format.h>

#include <optional>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/settings_search.hpp"
#include "number_text.hpp"

namespace mathtool::nn {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The parts between separators, without the blanks around them.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// LOW:HIGH or LOW:HIGH:log, or nothing.
std::optional<NumberRange> range_of(std::string_view text) {
  const std::vector<std::string_view> parts = parts_of(text, ':');
  const bool logarithmic = parts.size() == 3 && parts[2] == "log";
  if (parts.size() != 2 && !logarithmic) return std::nullopt;
  const auto low = read_number<double>(parts[0]), high = read_number<double>(parts[1]);
  if (!low || !high) return std::nullopt;
  const auto is_whole = [](std::string_view part) {
    return part.find_first_not_of("-0123456789") == part.npos;
  };
  return NumberRange{*low, *high, logarithmic, is_whole(parts[0]) && is_whole(parts[1])};
}

SearchedSetting setting_of(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view name = trimmed(text.substr(0, equals));
  if (equals == text.npos || name.empty())
    throw DataError(fmt::format(
        "'{}' is no setting to look for; write NAME=VALUE,VALUE or NAME=LOW:HIGH[:log]", text));
  const std::string_view behind = trimmed(text.substr(equals + 1));
  SearchedSetting setting{.name = std::string(name), .range = range_of(behind)};
  if (setting.range) return setting;
  const char separator = behind.find('|') == behind.npos ? ',' : '|';
  for (const std::string_view value : parts_of(behind, separator)) {
    if (value.empty()) throw DataError(fmt::format("'{}': a value is missing", text));
    setting.values.emplace_back(value);
  }
  return setting;
}

}  // namespace

std::vector<SearchedSetting> parse_search_space(std::string_view text) {
  std::vector<SearchedSetting> space;
  for (const std::string_view part : parts_of(text, ';'))
    if (!part.empty()) space.push_back(setting_of(part));
  if (space.empty())
    throw DataError(
        "there is no setting to look for; write as in 'learning-rate=1e-2,1e-3;"
        "batch=32,128'");
  return space;
}

}  // namespace mathtool::nn
