#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/series/row_sample.hpp"
#include "cli/series/table_content.hpp"

namespace mathtool::cli {
namespace {

constexpr std::size_t most_rows = 10'000;
constexpr std::size_t most_drawn = 12;  // series; colours repeat long before

/// Rows of one group, in order.
struct Member {
  std::string name = {};
  std::vector<const SampledRow*> rows = {};
};

std::vector<Member> groups_of(const RowSample& sample) {
  std::vector<Member> members;
  std::map<std::vector<std::string>, std::size_t> places;
  for (const SampledRow& row : sample.rows()) {
    const auto [place, is_new] = places.try_emplace(row.levels, members.size());
    if (is_new) members.push_back({level_name(row.levels)});
    members[place->second].rows.push_back(&row);
  }
  return members;
}

bool rises(const std::vector<Member>& members) {
  return std::all_of(members.begin(), members.end(), [](const Member& member) {
    return std::is_sorted(
        member.rows.begin(), member.rows.end(),
        [](const SampledRow* a, const SampledRow* b) { return a->values[0] < b->values[0]; });
  });
}

std::string series_name(const std::string& column, const std::string& group, bool one_column) {
  if (group.empty()) return column;
  return one_column ? group : fmt::format("{}: {}", column, group);
}

}  // namespace

std::string level_name(const std::vector<std::string>& levels) {
  return fmt::format("{}", fmt::join(levels, ", "));
}

TableContent table_points(TableInput& input, std::optional<Mark> mark, const RunControl& run) {
  const SampledTable table = sample_rows(input, most_rows, run);
  TableContent result{.count = table.count};
  PlotContent& content = result.content;
  const std::vector<std::string> names = input.numeric_names();
  const std::vector<Member> members = groups_of(table.sample);
  const bool alone = names.size() == 1;
  if (!mark) {
    mark = alone || rises(members) ? Mark::line : Mark::points;
    content.decisions.push_back(
        fmt::format("kind {}: {}", *mark == Mark::line ? "line" : "scatter",
                    alone ? "one column"
                          : fmt::format("'{}' {}", names[0],
                                        *mark == Mark::line ? "only rises" : "rises and falls")));
  }
  Panel panel{.x_label = alone ? "row" : names[0]};
  const bool one_column = names.size() <= 2;
  if (one_column) panel.y_label = names.back();
  for (std::size_t j = alone ? 0 : 1; j < names.size(); ++j)
    for (const Member& member : members) {
      std::vector<double> x, y;
      for (const SampledRow* row : member.rows) {
        x.push_back(alone ? row->number : row->values[0]);
        y.push_back(row->values[j]);
      }
      const std::string name = series_name(names[j], member.name, one_column);
      if (panel.series.size() < most_drawn)
        panel.series.push_back({.name = name, .mark = *mark, .x = x, .y = y});
      content.series.push_back({name, std::move(x), std::move(y)});
    }
  if (content.series.size() == 1) panel.series[0].name.clear();  // the axis names it
  if (const std::string note = table.sample.note(); !note.empty()) content.notes.push_back(note);
  if (const auto note = note_of_undrawn("series", most_drawn, content.series.size()); !note.empty())
    content.figure.notes.push_back(note);
  content.figure.panels.push_back(std::move(panel));
  return result;
}

}  // namespace mathtool::cli
