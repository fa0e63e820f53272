#pragma once

#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/report.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// The report on one group, complete but for what concerns the whole table.
struct GroupReport {
  std::vector<std::string> levels = {};  ///< of the columns of -g
  Report report = {};
};

/// "species = setosa, year = 2020".
std::string group_label(const std::vector<std::string>& columns,
                        const std::vector<std::string>& levels);

/// Puts the reports on all groups into one: one below the other for people, one table with the
/// levels in front for programs, `{"groups": [{"group": {...}, ...}]}` as JSON, the panels of all
/// figures side by side. Notes name their group unless all groups share them; status and seed are
/// those of the first group that has one worth telling. The parts must outlive `whole`.
/// Throws: InsufficientDataError where no part has a result.
void combine_groups(const TableInput& input, const std::vector<GroupReport>& parts, Report& whole);

/// The report on one group that `describe` fills; a group without enough data has a note instead.
GroupReport report_group(const std::vector<std::string>& levels,
                         FunctionRef<void(Report&)> describe);

/// Reports what was gathered of each group and prints it. `describe` fills a report from a group,
/// what it captures must live until then; with -g a group without enough data has a note instead.
/// Throws: InsufficientDataError where no group has enough.
///
///     describe: (const A&, Report&)
template <class A, class Describe>
Exit report_groups(const TableInput& input, const GatheredGroups<A>& gathered, Report& report,
                   const GlobalOptions& global, Describe&& describe);

/// Whether what a report says was established.
Exit exit_of(const Report& report);

template <class A, class Describe>
Exit report_groups(const TableInput& input, const GatheredGroups<A>& gathered, Report& report,
                   const GlobalOptions& global, Describe&& describe) {
  if (input.groups.empty()) {
    describe(gathered.groups.groups().front().value, report);
    render(report, global);
    return exit_of(report);
  }
  std::vector<GroupReport> parts;
  for (const auto& group : gathered.groups.groups())
    parts.push_back(report_group(group.key, [&](Report& part) { describe(group.value, part); }));
  combine_groups(input, parts, report);
  render(report, global);
  return exit_of(report);
}

}  // namespace mathtool::cli
