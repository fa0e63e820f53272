#include <fmt/core.h>

#include <cmath>
#include <map>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/table_encoding.hpp"
#include "table_cells.hpp"

namespace mathtool::nn {
namespace {

using LevelPlaces = std::map<std::string, Index>;

LevelPlaces places_of(const std::vector<std::string>& levels) {
  LevelPlaces places;
  for (const std::string& level : levels) places.emplace(level, std::ssize(places));
  return places;
}

/// A number in units of the training rows.
/// Throws: DataError where that is no float.
float standardized(const TableCells& cells, Index row, double center, double scale) {
  const double x = cells.number(row);
  if (scale == 0) return 0;
  const auto z = static_cast<float>((x - center) / scale);
  if (!std::isfinite(z))
    cells.fail(row, fmt::format("is {}, where the rows trained on have mean {} and standard "
                                "deviation {}: too far away for a network",
                                x, center, scale));
  return z;
}

/// The columns of a table that a model was trained on.
std::vector<TableCells> find_features(const std::vector<TableColumn>& columns,
                                      const TableData& table) {
  std::vector<TableCells> found;
  std::vector<std::string> missing;
  for (const TableColumn& column : columns) {
    if (const auto cells = TableCells::find(table, column.name))
      found.push_back(*cells);
    else
      missing.push_back(column.name);
  }
  require(missing.empty(), "{} lacks {} of the columns trained on: {}{}", table.source,
          missing.size(), quote_names(missing),
          missing.empty() ? "" : did_you_mean(missing[0], column_names(table)));
  return found;
}

}  // namespace

EncodedRows encode_features(const std::vector<TableColumn>& columns, const TableData& table,
                            std::span<const Index> rows, UnknownLevels unknown) {
  const std::vector<TableCells> cells = find_features(columns, table);
  const Index n = std::ssize(rows);
  EncodedRows result{.features = Batch<float>::Zero(n, feature_count(columns))};
  std::vector<bool> is_unknown(rows.size(), false);
  Index feature = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const TableColumn& column = columns[c];
    const LevelPlaces places = places_of(column.levels);
    for (Index i = 0; i < n; ++i) {
      const Index row = rows[static_cast<std::size_t>(i)];
      if (column.levels.empty()) {
        result.features(i, feature) = standardized(cells[c], row, column.center, column.scale);
        continue;
      }
      const std::string level = cells[c].label(row);
      const auto found = places.find(level);
      if (found != places.end()) {
        result.features(i, feature + found->second) = 1;
        continue;
      }
      if (unknown == UnknownLevels::error)
        cells[c].fail(row, fmt::format("has '{}', which the rows trained on have not; they have {}",
                                       level, quote_names(column.levels)));
      if (result.first_unknown.empty())
        result.first_unknown = fmt::format("'{}' in column '{}'", level, column.name);
      is_unknown[static_cast<std::size_t>(i)] = true;
    }
    feature += column.features();
  }
  for (Index i = 0; i < n; ++i)
    if (is_unknown[static_cast<std::size_t>(i)]) result.unknown.push_back(i);
  return result;
}

Batch<float> encode_targets(const TableEncoding& encoding, const TableData& table,
                            std::span<const Index> rows) {
  const TableCells cells = find_target(table, encoding.target);
  const LevelPlaces places = places_of(encoding.classes);
  Batch<float> targets(std::ssize(rows), 1);
  for (Index i = 0; i < targets.rows(); ++i) {
    const Index row = rows[static_cast<std::size_t>(i)];
    if (encoding.classes.empty()) {
      targets(i, 0) = standardized(cells, row, encoding.target_center, encoding.target_scale);
      continue;
    }
    const auto found = places.find(cells.label(row));
    if (found == places.end())
      cells.fail(row, fmt::format("has '{}', which is none of the classes {}", cells.label(row),
                                  quote_names(encoding.classes)));
    targets(i, 0) = static_cast<float>(found->second);
  }
  return targets;
}

Dataset encode(const TableEncoding& encoding, const TableData& table, std::span<const Index> rows,
               UnknownLevels unknown) {
  return {.shape = {feature_count(encoding.columns)},
          .features = encode_features(encoding.columns, table, rows, unknown).features,
          .targets = encode_targets(encoding, table, rows),
          .classes = encoding.classes};
}

}  // namespace mathtool::nn
