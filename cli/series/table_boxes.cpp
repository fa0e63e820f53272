#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "cli/describe/table_summary.hpp"
#include "cli/series/box_plot.hpp"
#include "cli/series/table_content.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"

namespace mathtool::cli {
namespace {

using stats::Quantiles;

constexpr std::size_t most_groups = 100;
constexpr std::size_t most_panels = 4;

/// What `series` lists of a box: x names what y is.
PlottedSeries listed(const std::string& name, const BoxPlot& box) {
  const Spread& spread = box.spread;
  std::vector<std::string> x = {"low", "q25", "median", "q75", "high"};
  std::vector<double> y = {spread.low, spread.q25, box.median, spread.q75, spread.high};
  x.insert(x.end(), box.outliers.size(), "outlier");
  y.insert(y.end(), box.outliers.begin(), box.outliers.end());
  return {name, std::move(x), std::move(y)};
}

void require_boxes(const TableInput& input, const GatheredGroups<TableSummary>& gathered) {
  const auto& groups = gathered.groups.groups();
  require<InsufficientDataError>(groups.size() <= most_groups,
                                 "{}: {} groups are too many for boxes, of which {} can be told "
                                 "apart; pick some with --where",
                                 input.reader.name(), groups.size(), most_groups);
  for (const auto& group : groups)
    for (const NumberSummary& column : group.value.numbers())
      require<InsufficientDataError>(column.whole_weights,
                                     "{}: boxes need weights that are whole numbers, which some in "
                                     "column '{}' are not",
                                     input.reader.name(), input.column_name(*input.weights));
}

}  // namespace

TableContent table_boxes(TableInput& input, std::int64_t memory, const RunControl& run) {
  const std::vector<std::string> columns = input.numeric_names();
  const auto gathered = summarize_groups(input, false, memory, run);
  require_boxes(input, gathered);
  TableContent result{.count = gathered.count};
  PlotContent& content = result.content;
  const bool grouped = !input.groups.empty();
  std::vector<Panel>& panels = content.figure.panels;
  BoxPanel all("", "");
  double rank_error = 0;
  std::size_t left_out = 0;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    BoxPanel own(level_name(input.group_names()), columns[j]);
    for (const auto& group : gathered.groups.groups()) {
      const Quantiles& quantiles = group.value.numbers()[j].quantiles;
      if (!(quantiles.weight() > 0)) continue;
      rank_error = std::max(rank_error, quantiles.rank_error());
      const std::string level = level_name(group.key);
      BoxPlot box = box_plot(quantiles);
      content.series.push_back(
          listed(grouped ? fmt::format("{}: {}", columns[j], level) : columns[j], box));
      left_out += box.left_out;
      (grouped ? own : all).add(grouped ? level : columns[j], box);
    }
    if (grouped && panels.size() < most_panels) panels.push_back(own.panel());
  }
  if (!grouped) panels.push_back(all.panel());
  if (rank_error > 0)
    content.notes.push_back(fmt::format(
        "quartiles are approximate: their ranks are off by at most {:.2g} %", 100 * rank_error));
  if (left_out > 0)
    content.notes.push_back(
        fmt::format("{} more values lie beyond the whiskers, nearer than those shown", left_out));
  if (grouped)
    if (const auto note = note_of_undrawn("columns", most_panels, columns.size()); !note.empty())
      content.figure.notes.push_back(note);
  return result;
}

}  // namespace mathtool::cli
