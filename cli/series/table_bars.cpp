#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/series/table_content.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::cli {
namespace {

constexpr std::size_t most_bars = 40;

/// The rows of one level: how many, and the moments of each numeric column.
struct Level {
  double rows = 0;
  std::vector<stats::Moments> columns = {};

  void push(const TableRows& part) {
    rows += part.weights.size() > 0 ? part.weights.sum() : static_cast<double>(part.rows());
    for (std::size_t j = 0; j < columns.size(); ++j)
      for (Index i = 0; i < part.rows(); ++i) {
        const double x = part.numbers(i, static_cast<Index>(j));
        if (!std::isnan(x)) columns[j].push(x, part.weights.size() > 0 ? part.weights[i] : 1.0);
      }
  }
  void merge(const Level& other) {
    rows += other.rows;
    for (std::size_t j = 0; j < columns.size(); ++j) columns[j].merge(other.columns[j]);
  }
};

/// Bars of several columns stand side by side in the place of their level.
Series bars_of(const std::string& name, const std::vector<double>& heights, std::size_t place,
               std::size_t places) {
  constexpr double together = 0.8;  // of the distance between levels
  const double width = together / static_cast<double>(places);
  Series series{.name = places > 1 ? name : "", .mark = Mark::bars};
  for (std::size_t i = 0; i < std::min(heights.size(), most_bars); ++i) {
    series.x.push_back(static_cast<double>(i + 1) +
                       width * (static_cast<double>(place) - static_cast<double>(places - 1) / 2));
    series.y.push_back(heights[i]);
    if (places > 1) series.widths.push_back(width);
  }
  return series;
}

}  // namespace

TableContent table_bars(TableInput& input, const RunControl& run) {
  const std::vector<std::string> columns = input.numeric_names();
  const auto gathered = gather_groups(
      input, Level{.columns = std::vector<stats::Moments>(columns.size())},
      [](Level& level, TableRows&& rows) { level.push(rows); }, {}, run);
  TableContent result{.count = gathered.count};
  PlotContent& content = result.content;
  std::vector<std::string> levels;
  std::vector<const Level*> bars;
  double most_rows = 0;
  for (const auto& group : gathered.groups.groups()) {
    if (!(group.value.rows > 0)) continue;
    levels.push_back(level_name(group.key));
    bars.push_back(&group.value);
    most_rows = std::max(most_rows, group.value.rows);
  }
  if (bars.empty()) return result;

  Panel panel{.x_label = level_name(input.group_names())};
  panel.x_categories = levels;
  panel.x_categories.resize(std::min(levels.size(), most_bars));
  if (columns.size() <= 1)
    panel.y_label = columns.empty() ? "rows" : (most_rows > 1 ? "mean of " : "") + columns[0];
  else if (most_rows > 1)
    panel.y_label = "mean";
  const std::size_t side_by_side = std::max<std::size_t>(1, columns.size());
  for (std::size_t j = 0; j < side_by_side; ++j) {
    const std::string name = columns.empty() ? "count" : columns[j];
    std::vector<double> heights;
    for (const Level* level : bars)
      heights.push_back(columns.empty() ? level->rows : level->columns[j].mean());
    panel.series.push_back(bars_of(name, heights, j, side_by_side));
    content.series.push_back({name, levels, std::move(heights)});
  }
  if (const auto note = note_of_undrawn("bars", most_bars, levels.size()); !note.empty())
    content.figure.notes.push_back(note);
  content.figure.panels.push_back(std::move(panel));
  return result;
}

}  // namespace mathtool::cli
