#include "cli/histogram/binned_table.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "mathtool/stats/histogram_edges.hpp"

namespace mathtool::cli {
namespace {

constexpr int most_chosen = 50;

stats::Histogram empty_histogram(const NumberSummary& column, int bins) {
  if (column.moments.count() == 0 || !(column.moments.weight() > 0)) return {};
  stats::SampleSpread spread{.count = column.moments.count(),
                             .min = column.extrema.min(),
                             .max = column.extrema.max(),
                             .whole_numbers = column.whole_numbers};
  if (column.whole_weights)
    spread.quartile_range = column.quantiles.quantile(0.75) - column.quantiles.quantile(0.25);
  return stats::Histogram(stats::histogram_edges(spread, {.bins = bins, .most = most_chosen}));
}

BinnedTable empty_histograms(const TableSummary& summary, int bins) {
  BinnedTable table{.rows = summary.weight()};
  for (const NumberSummary& column : summary.numbers())
    table.columns.push_back(empty_histogram(column, bins));
  return table;
}

bool keeps_all(const GatheredGroups<TableSummary>& summary) {
  const auto kept = [](const NumberSummary& column) {
    return column.whole_weights && !column.quantiles.approximate();
  };
  const auto& groups = summary.groups.groups();
  return std::all_of(groups.begin(), groups.end(), [&](const auto& group) {
    const auto& columns = group.value.numbers();
    return std::all_of(columns.begin(), columns.end(), kept);
  });
}

void count_kept(const TableSummary& summary, BinnedTable& table) {
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    stats::Histogram& histogram = table.columns[j];
    if (histogram.edges().empty()) continue;
    summary.numbers()[j].quantiles.for_each_part(
        [&](std::span<const double> values, double weight) {
          if (weight == 1)
            histogram.push(values);
          else
            histogram.push(values, std::vector<double>(values.size(), weight));
        });
  }
}

void count_rows(const TableRows& rows, BinnedTable& table) {
  for (std::size_t j = 0; j < table.columns.size(); ++j)
    for (Index i = 0; i < rows.rows(); ++i)
      if (!table.columns[j].edges().empty())
        table.columns[j].push(rows.numbers(i, static_cast<Index>(j)),
                              rows.weights.size() > 0 ? rows.weights[i] : 1.0);
}

}  // namespace

GatheredGroups<BinnedTable> bin_groups(const GatheredGroups<TableSummary>& summary, int bins,
                                       TableInput& input, const RunControl& run) {
  GatheredGroups<BinnedTable> result{{}, summary.count};
  const bool in_memory = keeps_all(summary);
  for (const auto& group : summary.groups.groups()) {
    BinnedTable& table = result.groups[group.key];
    table = empty_histograms(group.value, bins);
    if (in_memory) count_kept(group.value, table);
  }
  if (in_memory) return result;
  TablePass pass(input, {.incomplete = true});
  pass.read(
      [&](TableRows&& rows) { return split_by_group(std::move(rows), std::ssize(input.groups)); },
      [&](std::vector<RowGroup>&& groups) {
        for (const RowGroup& group : groups) count_rows(group.rows, result.groups[group.levels]);
      },
      run);
  return result;
}

}  // namespace mathtool::cli
