#include <fmt/core.h>

#include <list>
#include <optional>

#include "cli/command.hpp"
#include "cli/describe/table_summary.hpp"
#include "cli/grouped_report.hpp"
#include "cli/histogram/binned_table.hpp"
#include "cli/histogram/histogram_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  std::optional<int> bins;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.value("--bins", "N", settings.bins, 1, 100'000,
                "how many; chosen from the data if not given");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "hist takes each column by itself: --missing drop or error");
  return global;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  TableInput input = open_table(settings.table, global);
  input.reader.expect_another_pass();
  const auto summary =
      summarize_groups(input, false, global.memory, run_control(global, "reading"));
  Report report{.command = "hist"};
  report_input(input, settings.table, summary.count, report);
  GatheredGroups<BinnedTable> bins =
      bin_groups(summary, settings.bins.value_or(0), input, run_control(global, "counting"));
  return report_groups(input, bins, report, global, [&](const BinnedTable& group, Report& part) {
    require<InsufficientDataError>(group.rows > 0, "{}: no row is left to count",
                                   input.reader.name());
    report_histograms(input.numeric_names(), group, part);
  });
}

constexpr std::string_view explanation = R"(Examples:
  mathtool hist iris.csv                             a histogram of every numeric column
  mathtool hist iris.csv -c Petal.Length --bins 12   twelve bins of equal width
  mathtool hist iris.csv -g species --plot=h.svg     one picture per column and species
  mathtool hist data.csv -c age --json               {"column", "low", "high", "count"} of each bin

Bins have their lower edge, the last one its upper edge too. Without --bins their width is the
smaller of those by Freedman and Diaconis and by Sturges, at most 50 bins; whole numbers get bins of
whole width.
)";

}  // namespace

extern const Command hist;
const Command hist{.name = "hist",
                   .summary = "histogram of every column",
                   .operands = "[FILE]",
                   .help = explanation,
                   .run = run,
                   .draws = true};

}  // namespace mathtool::cli
