#include "cli/grouped_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// The tables of all groups under each other, columns matched by name.
Table stack_tables(const std::vector<std::string>& group_columns,
                   const std::vector<GroupReport>& parts) {
  struct Place {
    const GroupReport* part;
    Index first_row;
    std::unordered_map<std::string, Index> columns;
  };
  Table table{.columns = group_columns};
  std::vector<Place> places;
  for (const GroupReport& part : parts) {
    const Table& main = part.report.main;
    if (main.rows == 0) continue;
    places.push_back({&part, table.rows, {}});
    for (std::size_t j = 0; j < main.columns.size(); ++j) {
      const std::string& name = main.columns[j];
      places.back().columns.emplace(name, static_cast<Index>(j));
      const auto begin = table.columns.begin() + std::ssize(group_columns);
      if (std::find(begin, table.columns.end(), name) == table.columns.end())
        table.columns.push_back(name);
    }
    table.rows += main.rows;
  }
  const auto levels = static_cast<Index>(group_columns.size());
  table.cell = [=, columns = table.columns](Index row, Index column) -> Cell {
    const auto after =
        std::upper_bound(places.begin(), places.end(), row,
                         [](Index wanted, const Place& place) { return wanted < place.first_row; });
    const Place& place = *std::prev(after);
    if (column < levels) return place.part->levels[static_cast<std::size_t>(column)];
    const auto found = place.columns.find(columns[static_cast<std::size_t>(column)]);
    if (found == place.columns.end()) return {};
    return place.part->report.main.cell(row - place.first_row, found->second);
  };
  return table;
}

Json group_json(const std::vector<std::string>& columns, const GroupReport& part) {
  Json levels = Json::object();
  for (std::size_t i = 0; i < columns.size(); ++i) levels[columns[i]] = part.levels[i];
  Json group{{"group", std::move(levels)}};
  if (part.report.result) group.update(part.report.result());
  if (part.report.status) group["status"] = to_string(*part.report.status);
  if (!part.report.reason.empty()) group["reason"] = part.report.reason;
  return group;
}

Figure join_figures(const std::vector<std::string>& columns,
                    const std::vector<GroupReport>& parts) {
  Figure figure;
  for (const GroupReport& part : parts) {
    if (!part.report.figure) continue;
    for (Panel& panel : part.report.figure().panels) {
      panel.title = fmt::format("{}: {}", group_label(columns, part.levels), panel.title);
      figure.panels.push_back(std::move(panel));
    }
  }
  return figure;
}

void join_notes(const std::vector<std::string>& columns, const std::vector<GroupReport>& parts,
                Report& whole) {
  for (const GroupReport& part : parts) {
    for (const std::string& note : part.report.notes) {
      const bool shared = std::all_of(parts.begin(), parts.end(), [&](const GroupReport& other) {
        return std::count(other.report.notes.begin(), other.report.notes.end(), note) > 0;
      });
      const std::string line =
          shared ? note : fmt::format("{}: {}", group_label(columns, part.levels), note);
      if (std::count(whole.notes.begin(), whole.notes.end(), line) == 0)
        whole.notes.push_back(line);
    }
  }
}

}  // namespace

std::string group_label(const std::vector<std::string>& columns,
                        const std::vector<std::string>& levels) {
  std::string label;
  for (std::size_t i = 0; i < columns.size(); ++i)
    label += fmt::format("{}{} = {}", i == 0 ? "" : ", ", columns[i], levels[i]);
  return label;
}

GroupReport report_group(const std::vector<std::string>& levels,
                         FunctionRef<void(Report&)> describe) {
  GroupReport part{levels, {}};
  try {
    describe(part.report);
  } catch (const InsufficientDataError& error) {
    part.report.reason = error.what();
    part.report.notes.push_back(part.report.reason);
  }
  return part;
}

Exit exit_of(const Report& report) {
  const bool established = !report.status || *report.status == Status::converged;
  return established ? Exit::done : Exit::not_established;
}

void combine_groups(const TableInput& input, const std::vector<GroupReport>& parts, Report& whole) {
  const std::vector<std::string> columns = input.group_names();
  const bool any = std::any_of(parts.begin(), parts.end(), [](const GroupReport& part) {
    return static_cast<bool>(part.report.result);
  });
  require<InsufficientDataError>(!parts.empty(), "{}: no row is left to form groups of",
                                 input.reader.name());
  require<InsufficientDataError>(any, "no group can be used: {}: {}",
                                 group_label(columns, parts.front().levels),
                                 parts.front().report.reason);
  for (const GroupReport& part : parts) {
    if (part.report.seed) whole.seed = part.report.seed;
    if (exit_of(part.report) != Exit::done && exit_of(whole) == Exit::done) {
      whole.status = part.report.status;
      whole.reason = fmt::format("{}: {}", group_label(columns, part.levels), part.report.reason);
    }
    whole.screen.push_back(Paragraph{group_label(columns, part.levels)});
    if (part.report.screen.empty()) whole.screen.push_back(Paragraph{part.report.reason});
    whole.screen.insert(whole.screen.end(), part.report.screen.begin(), part.report.screen.end());
    const bool draws = static_cast<bool>(part.report.figure);
    if (draws && !whole.figure)
      whole.figure = [columns, &parts] { return join_figures(columns, parts); };
  }
  whole.main = stack_tables(columns, parts);
  whole.result = [columns, &parts] {
    Json groups = Json::array();
    for (const GroupReport& part : parts) groups.push_back(group_json(columns, part));
    return Json{{"groups", std::move(groups)}};
  };
  join_notes(columns, parts, whole);
}

}  // namespace mathtool::cli
