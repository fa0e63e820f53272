#include "mathtool/nn/table_encoding.hpp"

#include <cmath>
#include <numeric>
#include <set>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/confusion.hpp"
#include "mathtool/stats/standardizer.hpp"
#include "table_cells.hpp"

namespace mathtool::nn {
namespace {

constexpr std::size_t most_numeric_classes = 20;  // as `mathtool score` takes numbers for labels

std::vector<std::string> sorted_labels(const std::set<std::string>& labels) {
  std::vector<std::string> sorted(labels.begin(), labels.end());
  stats::sort_labels(sorted);
  return sorted;
}

/// The classes of a target in order; none where it is a number.
std::vector<std::string> find_classes(Index rows, const TableCells& target, TargetKind kind) {
  if (kind == TargetKind::number) return {};
  const bool may_be_number = !target.text() && kind == TargetKind::automatic;
  std::set<std::string> found;
  for (Index i = 0; i < rows; ++i) {
    if (may_be_number && target.number(i) != std::floor(target.number(i))) return {};
    found.insert(target.label(i));
    if (may_be_number && found.size() > most_numeric_classes) return {};
  }
  return sorted_labels(found);
}

TableColumn fit_number(const std::string& name, const TableCells& cells,
                       std::span<const Index> training) {
  std::vector<double> values;
  values.reserve(training.size());
  for (const Index row : training) values.push_back(cells.number(row));
  stats::Moments moments;
  moments.push(values);
  require<InsufficientDataError>(
      std::isfinite(moments.mean()) && std::isfinite(moments.standard_deviation()),
      "column '{}' spreads beyond the range of numbers", name);
  const stats::Standardizer fitted = stats::fit_standardizer(std::span(&moments, 1));
  if (fitted.constant.empty())
    return {.name = name, .center = fitted.center[0], .scale = fitted.scale[0]};
  return {.name = name, .center = values[0], .scale = 0};
}

TableColumn fit_levels(const std::string& name, const TableCells& cells,
                       std::span<const Index> training, Index most_levels) {
  std::set<std::string> found;
  for (const Index row : training) {
    found.insert(cells.label(row));
    if (std::ssize(found) > most_levels)
      cells.fail(row, fmt::format("has text, more than {} different ones by this row, too many for "
                                  "a feature each; leave the column out",
                                  most_levels));
  }
  return {.name = name, .levels = sorted_labels(found)};
}

}  // namespace

Index TableData::rows() const {
  if (!number_names.empty()) return std::ssize(numbers) / std::ssize(number_names);
  return text_names.empty() ? 0 : texts.size() / std::ssize(text_names);
}

void TableData::append(const RowMatRef& more_numbers, const data::TextCells& more_texts,
                       std::span<const std::int64_t> more_lines) {
  const Index more = more_numbers.rows();
  require<DimensionError>(more_numbers.cols() == std::ssize(number_names) &&
                              more_texts.size() == more * std::ssize(text_names) &&
                              (more_lines.empty() || std::ssize(more_lines) == more),
                          "TableData: {} rows of {} numbers with {} texts and {} lines for a table "
                          "of {} numbers and {} texts",
                          more, more_numbers.cols(), more_texts.size(), more_lines.size(),
                          number_names.size(), text_names.size());
  for (Index i = 0; i < more; ++i) {
    const double* const row = more_numbers.row(i).data();
    numbers.insert(numbers.end(), row, row + more_numbers.cols());
  }
  for (Index i = 0; i < more_texts.size(); ++i) texts.push_back(more_texts[i]);
  lines.insert(lines.end(), more_lines.begin(), more_lines.end());
}

std::vector<Index> all_rows(const TableData& table) {
  std::vector<Index> rows(static_cast<std::size_t>(table.rows()));
  std::iota(rows.begin(), rows.end(), Index{0});
  return rows;
}

TableEncoding fit_table_encoding(const TableData& table, const std::string& target,
                                 std::span<const Index> training,
                                 const TableEncodingOptions& options) {
  require(options.most_levels >= 1, "most_levels must be >= 1, got {}", options.most_levels);
  const TableCells target_cells = find_target(table, target);
  require<InsufficientDataError>(training.size() >= 2,
                                 "{}: {} rows to learn from; two are the least", table.source,
                                 training.size());
  TableEncoding encoding{.target = target};
  for (const std::string& name : column_names(table)) {
    if (name == target) continue;
    const TableCells cells = *TableCells::find(table, name);
    encoding.columns.push_back(cells.text() ? fit_levels(name, cells, training, options.most_levels)
                                            : fit_number(name, cells, training));
  }
  require<InsufficientDataError>(!encoding.columns.empty(),
                                 "{} has no column but '{}', from which it could be predicted",
                                 table.source, target);
  encoding.classes = find_classes(table.rows(), target_cells, options.target);
  require<InsufficientDataError>(
      encoding.classes.size() != 1,
      "{}: column '{}' is '{}' in every row; there is nothing to tell apart", table.source, target,
      encoding.classes.empty() ? "" : encoding.classes[0]);
  if (encoding.classes.empty()) {
    const TableColumn fitted = fit_number(target, target_cells, training);
    require<InsufficientDataError>(
        fitted.scale > 0,
        "{}: column '{}' is {} in every row to learn from; there is nothing to "
        "predict",
        table.source, target, fitted.center);
    encoding.target_center = fitted.center;
    encoding.target_scale = fitted.scale;
  }
  return encoding;
}

}  // namespace mathtool::nn
