#include "cli/hypothesis/test_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "cli/hypothesis/test_cell.hpp"
#include "cli/hypothesis/test_columns.hpp"
#include "cli/kept_memory.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

using stats::Moments;

std::optional<double> as_number(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

/// 1.0 and 1 are one level of a column of numbers.
std::string level_text(const TableInput& input, Index column, const std::string& cell) {
  const auto& schema = input.reader.schema();
  if (schema.columns[static_cast<std::size_t>(column)].type != data::ColumnType::numeric)
    return cell;
  const std::optional<double> number = as_number(cell);
  return number ? fmt::format("{}", *number + 0.0) : cell;
}

/// By value where all levels are numbers, else letter by letter: the first is the base.
void sort_levels(std::vector<std::string>& levels) {
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  const bool numbers = std::all_of(levels.begin(), levels.end(), [](const std::string& level) {
    return as_number(level).has_value();
  });
  if (numbers)
    std::stable_sort(levels.begin(), levels.end(), [](const std::string& a, const std::string& b) {
      return *as_number(a) < *as_number(b);
    });
}

/// The cells of one group of -g, by the levels of --by.
using Cells = std::map<std::vector<std::string>, TestCell>;

std::vector<std::string> levels_of(const Cells& cells, std::size_t place) {
  std::vector<std::string> levels;
  for (const auto& [key, cell] : cells) levels.push_back(key[place]);
  sort_levels(levels);
  return levels;
}

TestSample take_sample(std::string name, TestCell& cell, std::size_t column) {
  TestSample sample{.name = std::move(name), .kept = cell.kept};
  if (column < cell.moments.size()) {
    sample.moments = cell.moments[column];
    sample.values = std::move(cell.values[column]);
  }
  return sample;
}

void count_cells(const Cells& cells, TestData& data) {
  const bool crossed = data.factors.size() == 2;
  data.row_levels = levels_of(cells, 0);
  data.column_levels = crossed ? levels_of(cells, 1) : std::vector<std::string>{""};
  data.counts = Mat::Zero(std::ssize(data.row_levels), std::ssize(data.column_levels));
  for (std::size_t i = 0; i < data.row_levels.size(); ++i)
    for (std::size_t j = 0; j < data.column_levels.size(); ++j) {
      std::vector<std::string> key{data.row_levels[i]};
      if (crossed) key.push_back(data.column_levels[j]);
      const auto cell = cells.find(key);
      if (cell != cells.end())
        data.counts(static_cast<Index>(i), static_cast<Index>(j)) = cell->second.weight;
    }
}

void cross_cells(const Cells& cells, TestData& data) {
  data.row_levels = levels_of(cells, 0);
  data.column_levels = levels_of(cells, 1);
  for (const std::string& row : data.row_levels)
    for (const std::string& column : data.column_levels) {
      const auto cell = cells.find({row, column});
      const bool empty = cell == cells.end() || cell->second.moments.empty();
      data.cells.push_back(empty ? Moments() : cell->second.moments.front());
    }
}

TestData arrange(Cells& cells, const TableInput& input, const TestColumns& columns,
                 const TestKind& kind) {
  TestData data{.columns = input.numeric_names(), .factors = input.names(columns.levels)};
  if (counts_levels(kind.layout)) {
    count_cells(cells, data);
    return data;
  }
  if (kind.layout == TestLayout::two_factors) cross_cells(cells, data);
  if (!columns.levels.empty()) {
    for (const std::string& level : levels_of(cells, 0)) {
      TestCell merged{.keeps_all = kind.keeps_all};
      for (auto& [key, cell] : cells)
        if (key[0] == level) merged.merge(std::move(cell), true);
      TestSample sample = take_sample(fmt::format("{} = {}", data.factors[0], level), merged, 0);
      // A level all of whose weights are 0 has not occurred.
      if (sample.moments.weight() > 0) data.samples.push_back(std::move(sample));
    }
    return data;
  }
  TestCell& cell = cells[{}];
  data.differences = cell.differences;
  if (takes_pairs(kind.layout) && data.columns.size() == 2) {
    if (cell.covariance.count() > 0) data.covariance = cell.covariance.estimate();
    if (cell.kept && cell.values.size() == 2) {
      data.x = cell.values[0];
      data.y = cell.values[1];
    }
  }
  for (std::size_t j = 0; j < data.columns.size(); ++j)
    data.samples.push_back(take_sample(data.columns[j], cell, j));
  return data;
}

}  // namespace

GatheredTestData gather_test_data(TableInput& input, const TestWords& words,
                                  const TestSettings& settings, const GlobalOptions& global) {
  const TestKind& kind = *settings.kind;
  const TestColumns columns = assign_columns(input, words, kind);
  const bool pairs = takes_pairs(kind.layout) && input.numeric.size() == 2;
  const Keeping keeping{.all = kind.keeps_all || global.plot || settings.permutations > 0 ||
                               settings.bootstraps > 0 || settings.method != "pearson",
                        .pairs = pairs,
                        .covariance = kind.name == "cor"};
  const CellReader reader(input, keeping);
  TestCell empty;
  empty.keeps_all = keeping.all;
  // Columns that are samples of their own need not be complete row by row.
  const bool apart = !pairs && columns.levels.empty() && input.numeric.size() > 1;
  const auto check = [&](const auto& groups) {
    constexpr double copies = 4;  // of each value while it is gathered, sorted and ranked
    double numbers = 0;
    for (const auto& group : groups)
      for (const std::vector<double>& values : group.value.values)
        numbers += copies * static_cast<double>(values.size());
    require_memory(numbers, global.memory,
                   fmt::format("test {} keeps all values, which", kind.name),
                   "allow more with --memory, or take fewer rows with --where");
  };
  auto gathered = gather_groups(
      input, empty, [&](TestCell& cell, TableRows&& rows) { reader.push(cell, rows); },
      {.incomplete = apart}, run_control(global, "reading"), nullptr, check);

  GatheredTestData result{.count = gathered.count};
  const std::size_t repeats = columns.repeats.size();
  std::vector<std::int64_t> missing(columns.levels.size(), 0);
  std::map<std::vector<std::string>, std::size_t> places;
  std::vector<Cells> parts;
  for (auto& group : gathered.groups.groups()) {
    const std::vector<std::string> repeat(group.key.begin(),
                                          group.key.begin() + static_cast<std::ptrdiff_t>(repeats));
    const auto [place, is_new] = places.try_emplace(repeat, parts.size());
    if (is_new) {
      result.levels.push_back(repeat);
      parts.emplace_back();
    }
    std::vector<std::string> levels;
    bool complete = true;
    for (std::size_t k = 0; k < columns.levels.size(); ++k) {
      const std::string& cell = group.key[repeats + k];
      if (input.is_missing(cell)) {
        require<DataError>(input.missing != data::MissingPolicy::error,
                           "{}: column '{}' has rows without a value; --missing drop leaves them "
                           "out",
                           input.reader.name(), input.column_name(columns.levels[k]));
        missing[k] += group.value.rows;
        complete = false;
      }
      levels.push_back(level_text(input, columns.levels[k], cell));
    }
    if (!complete)
      result.count.used -= group.value.rows;
    else if (counts_levels(kind.layout) && !(group.value.weight > 0))
      continue;
    else
      parts[place->second][levels].merge(std::move(group.value), true);
  }
  for (std::size_t k = 0; k < missing.size(); ++k)
    if (missing[k] > 0)
      result.missing_texts.emplace_back(input.column_name(columns.levels[k]), missing[k]);
  for (Cells& part : parts) result.data.push_back(arrange(part, input, columns, kind));
  if (repeats == 0 && result.data.empty()) {
    result.levels.emplace_back();
    result.data.emplace_back();
    result.data.back().columns = input.numeric_names();
    result.data.back().factors = input.names(columns.levels);
  }
  input.groups = columns.repeats;
  return result;
}

}  // namespace mathtool::cli
