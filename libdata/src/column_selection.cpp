#include "mathtool/data/column_selection.hpp"

#include <charconv>
#include <optional>
#include <unordered_map>
#include <utility>

#include "blanks.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

/// A whole number written in digits only.
std::optional<Index> parse_position(std::string_view text) {
  Index position = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, position);
  if (text.empty() || text.front() == '-' || parsed.ptr != end) return std::nullopt;
  // Digits beyond 64 bits stand for a column that no table has.
  return parsed.ec == std::errc() ? position : Index{0};
}

/// `*` stands for any text, `?` for one character.
bool matches_glob(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = pattern.npos, star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (star != pattern.npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == pattern.npos;
}

bool is_quoted(std::string_view item) {
  return item.size() > 2 && item.front() == '`' && item.back() == '`';
}

/// Where the first item ends: at a comma outside backticks, or nowhere.
std::size_t end_of_item(std::string_view rest, std::string_view list) {
  const std::size_t start = rest.find_first_not_of(" !");
  if (start == rest.npos || rest[start] != '`') return rest.find(',');
  const std::size_t close = rest.find('`', start + 1);
  require(close != rest.npos, "a backtick opens in the column list '{}' and never closes", list);
  return rest.find(',', close);
}

class ColumnList {
 public:
  explicit ColumnList(std::span<const std::string> names) : names_(names) {
    for (std::size_t i = 0; i < names.size(); ++i) by_name_.emplace(names[i], i);
  }

  std::optional<Index> named(std::string_view item) const {
    const auto found = by_name_.find(item);
    if (found == by_name_.end()) return std::nullopt;
    return static_cast<Index>(found->second);
  }

  /// The columns of one item without its '!'.
  std::vector<Index> resolve(std::string_view item) const {
    if (const auto column = named(item)) return {*column};
    if (is_quoted(item)) {
      item = item.substr(1, item.size() - 2);
      if (const auto column = named(item)) return {*column};
      throw DomainError(fmt::format("no column '{}'{}", item, did_you_mean(item, names_)));
    }
    if (const auto position = parse_position(item)) return {checked(*position, item)};
    if (const auto range = parse_range(item)) return *range;
    if (item.find_first_of("*?") != item.npos) return matching(item);
    throw DomainError(fmt::format("no column '{}'{}", item, did_you_mean(item, names_)));
  }

 private:
  Index checked(Index position, std::string_view item) const {
    require(1 <= position && position <= std::ssize(names_),
            "column {} is outside the table, which has columns 1 to {}", item, names_.size());
    return position - 1;
  }

  std::optional<std::vector<Index>> parse_range(std::string_view item) const {
    const std::size_t dash = item.find('-');
    if (dash == item.npos) return std::nullopt;
    const auto first = parse_position(item.substr(0, dash));
    const auto last = parse_position(item.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    const Index from = checked(*first, item), to = checked(*last, item);
    std::vector<Index> columns;
    const Index step = from <= to ? 1 : -1;
    for (Index column = from; column != to + step; column += step) columns.push_back(column);
    return columns;
  }

  std::vector<Index> matching(std::string_view glob) const {
    std::vector<Index> columns;
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (matches_glob(names_[i], glob)) columns.push_back(static_cast<Index>(i));
    require(!columns.empty(), "no column matches '{}'", glob);
    return columns;
  }

  std::span<const std::string> names_;
  std::unordered_map<std::string_view, std::size_t> by_name_ = {};
};

}  // namespace

std::string exclusion_of(std::string_view name) {
  const bool plain = name.find_first_of(",*?`!") == name.npos;
  return plain ? fmt::format("!{}", name) : fmt::format("!`{}`", name);
}

PickedColumns pick_columns(std::span<const std::string> names, std::string_view list) {
  const ColumnList table(names);
  std::vector<Index> wanted;
  PickedColumns picked;
  bool only_exclusions = true;
  for (std::string_view rest = list; !list.empty();) {
    const std::size_t comma = end_of_item(rest, list);
    std::string_view item = trim_blanks(rest.substr(0, comma));
    require(!item.empty(), "an empty item in the column list '{}'", list);
    const bool excludes = item.starts_with('!') && !table.named(item);
    if (excludes) item.remove_prefix(1);
    only_exclusions = only_exclusions && excludes;
    auto& target = excludes ? picked.excluded : wanted;
    for (const Index column : table.resolve(item)) target.push_back(column);
    if (comma == rest.npos) break;
    rest.remove_prefix(comma + 1);
  }
  if (only_exclusions)
    for (Index column = 0; column < std::ssize(names); ++column) wanted.push_back(column);

  std::vector<bool> left_out(names.size(), false);
  for (const Index column : picked.excluded) left_out[static_cast<std::size_t>(column)] = true;
  for (const Index column : wanted) {
    const auto at = static_cast<std::size_t>(column);
    if (!left_out[at]) picked.columns.push_back(column);
    left_out[at] = true;  // so that none is picked twice
  }
  return picked;
}

}  // namespace mathtool::data
