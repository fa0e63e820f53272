#include "cli/regress/grouped_fits.hpp"

#include <utility>
#include <vector>

#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"

namespace mathtool::cli {

Exit report_grouped_fits(const std::string& command, TableInput& input, const TableOptions& options,
                         const GlobalOptions& global,
                         FunctionRef<void(ModelRows&, Report&)> fit_group) {
  GroupedRows groups = gather_model_groups(input, global.memory, run_control(global, "reading"));
  Report report{.command = command};
  report_input(input, options, groups.count, report, groups.missing_texts);
  std::vector<GroupReport> parts;
  for (GroupRows& group : groups.groups)
    parts.push_back(report_group(group.levels, [&](Report& part) {
      ModelRows rows(std::move(group.blocks), run_control(global, "fitting"));
      fit_group(rows, part);
    }));
  combine_groups(input, parts, report);
  render(report, global);
  return exit_of(report);
}

}  // namespace mathtool::cli
