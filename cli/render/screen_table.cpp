#include "cli/render/screen_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "cli/render/number_text.hpp"
#include "cli/terminal_text.hpp"

namespace mathtool::cli {
namespace {

constexpr int gap = 2;  // blanks between columns

/// A column as it will stand: header and cells of one width.
struct Column {
  std::string header;
  std::vector<std::string> cells;
  int width = 0;
};

double as_number(const Cell& cell) {
  if (const double* x = std::get_if<double>(&cell)) return *x;
  if (const std::int64_t* n = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*n);
  return std::numeric_limits<double>::quiet_NaN();
}

std::vector<std::string> number_cells(const Table& table, Index j, int digits) {
  std::vector<double> numbers;
  for (Index i = 0; i < table.rows; ++i) numbers.push_back(as_number(table.cell(i, j)));
  return align_numbers(numbers, digits);
}

/// Numbers among texts are written one by one.
std::vector<std::string> text_cells(const Table& table, Index j, int digits) {
  std::vector<std::string> cells;
  for (Index i = 0; i < table.rows; ++i) {
    const Cell cell = table.cell(i, j);
    if (const std::string* text = std::get_if<std::string>(&cell))
      cells.push_back(printable(*text));
    else
      cells.push_back(align_numbers(std::vector{as_number(cell)}, digits).front());
  }
  return cells;
}

Column lay_out(const Table& table, Index j, int digits) {
  const bool numeric = is_numeric(table, j);
  Column column{printable(table.columns[static_cast<std::size_t>(j)]),
                numeric ? number_cells(table, j, digits) : text_cells(table, j, digits)};
  column.width = display_width(column.header);
  for (const std::string& cell : column.cells)
    column.width = std::max(column.width, display_width(cell));
  const auto pad = numeric ? pad_left : pad_right;
  column.header = pad(column.header, column.width);
  for (std::string& cell : column.cells) cell = pad(cell, column.width);
  return column;
}

std::string without_blanks_at_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string bold(const std::string& text, const ScreenOptions& options) {
  return options.bold && !text.empty() ? "\x1b[1m" + text + "\x1b[0m" : text;
}

/// The lines of some columns: positions 0 and first..last - 1.
std::string part(const std::vector<Column>& columns, std::size_t first, std::size_t last,
                 std::size_t rows, const ScreenOptions& options) {
  const auto line = [&](auto&& text_of) {
    std::string result = text_of(columns.front());
    for (std::size_t j = first; j < last; ++j)
      result += std::string(gap, ' ') + text_of(columns[j]);
    return without_blanks_at_end(std::move(result));
  };
  std::string text = bold(line([](const Column& c) { return c.header; }), options) + "\n";
  for (std::size_t i = 0; i < rows; ++i)
    text += line([i](const Column& c) { return c.cells[i]; }) + "\n";
  return text;
}

}  // namespace

std::string screen_table(const Table& table, const ScreenOptions& options) {
  std::string text;
  if (!table.title.empty()) text += bold(printable(table.title), options) + "\n";
  if (table.columns.empty()) return text;
  std::vector<Column> columns;
  for (Index j = 0; j < static_cast<Index>(table.columns.size()); ++j)
    columns.push_back(lay_out(table, j, options.digits));

  const auto rows = static_cast<std::size_t>(table.rows);
  std::size_t first = 1;
  do {
    std::size_t last = first;
    int width = columns.front().width;
    while (last < columns.size() && (options.width == 0 || last == first ||
                                     width + gap + columns[last].width <= options.width))
      width += gap + columns[last++].width;
    if (first > 1) text += "\n";
    text += part(columns, first, last, rows, options);
    first = last;
  } while (first < columns.size());
  return text;
}

}  // namespace mathtool::cli
