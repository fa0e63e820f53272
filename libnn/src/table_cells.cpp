#include "table_cells.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {

std::optional<TableCells> TableCells::find(const TableData& table, const std::string& name) {
  for (const bool text : {false, true}) {
    const auto& names = text ? table.text_names : table.number_names;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return TableCells(table, name, text, found - names.begin());
  }
  return std::nullopt;
}

double TableCells::number(Index row) const {
  double x = 0;
  if (text_) {
    const std::string level = label(row);
    const char* const end = level.data() + level.size();
    const auto [stop, error] = std::from_chars(level.data(), end, x);
    if (error != std::errc() || stop != end || std::isnan(x))
      fail(row, fmt::format("has text '{}' where a number is needed", level));
  } else {
    x = table_.numbers[static_cast<std::size_t>(row * std::ssize(table_.number_names) + place_)];
  }
  if (std::isnan(x)) fail_missing(row);
  if (std::isinf(x)) fail(row, "holds an infinite number");
  return x;
}

std::string TableCells::label(Index row) const {
  if (!text_) return data::format_number(number(row) + 0.0);  // one zero, not two
  const std::string_view text = table_.texts[row * std::ssize(table_.text_names) + place_];
  if (text.empty()) fail_missing(row);
  return std::string(text);
}

void TableCells::fail(Index row, const std::string& complaint) const {
  const std::string place = table_.lines.empty()
                                ? fmt::format(" row {}", row + 1)
                                : std::to_string(table_.lines[static_cast<std::size_t>(row)]);
  throw DataError(fmt::format("{}:{}: column '{}' {}", table_.source, place, name_, complaint));
}

void TableCells::fail_missing(Index row) const {
  fail(row, "has no value; leave such rows out or fill them in");
}

std::vector<std::string> column_names(const TableData& table) {
  std::vector<std::string> names = table.number_names;
  names.insert(names.end(), table.text_names.begin(), table.text_names.end());
  return names;
}

TableCells find_target(const TableData& table, const std::string& target) {
  const auto cells = TableCells::find(table, target);
  require(cells.has_value(), "{} has no column '{}' to be predicted{}", table.source, target,
          did_you_mean(target, column_names(table)));
  return *cells;
}

std::string quote_names(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
    text += fmt::format("{}'{}'", i == 0 ? "" : ", ", names[i]);
  if (names.size() > most) text += fmt::format(", and {} more", names.size() - most);
  return text;
}

}  // namespace mathtool::nn
