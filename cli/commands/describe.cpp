#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <list>
#include <optional>
#include <utility>

#include "cli/command.hpp"
#include "cli/describe/column_report.hpp"
#include "cli/describe/table_summary.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  std::string quantiles;
  std::optional<int> quantile_type;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.value("--quantiles", "P,P", settings.quantiles, "further quantiles, as 0.05,0.95");
  options.value("--quantile-type", "N", settings.quantile_type, 1, 9,
                "which of the nine definitions of Hyndman and Fan; default 7");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "describe takes each column by itself: --missing drop or error");
  return global;
}

/// "0.05,0.95" as numbers.
std::vector<double> parse_shares(std::string_view list) {
  std::vector<double> shares;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view word = list.substr(0, end);
    double share = 0.0;
    const auto parsed = std::from_chars(word.data(), word.data() + word.size(), share);
    require(parsed.ec == std::errc() && parsed.ptr == word.data() + word.size() && share >= 0 &&
                share <= 1,
            "--quantiles: '{}' is no share between 0 and 1", word);
    shares.push_back(share);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return shares;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const QuantileChoice quantiles{.shares = parse_shares(settings.quantiles),
                                 .type = settings.quantile_type.value_or(7)};
  TableInput input = open_table(settings.table, global);
  input.carried = std::exchange(input.picked_texts, {});
  const auto summary = summarize_groups(input, !input.carried.empty(), global.memory,
                                        run_control(global, "reading"));
  Report report{.command = "describe"};
  report_input(input, settings.table, summary.count, report);
  std::list<std::vector<ColumnDescription>> descriptions;
  return report_groups(
      input, summary, report, global, [&](const TableSummary& group, Report& part) {
        require<InsufficientDataError>(group.weight() > 0, "{}: no row is left to describe",
                                       input.reader.name());
        descriptions.push_back(describe_columns(input, group, quantiles, global.threads));
        report_columns(descriptions.back(), quantiles, part);
      });
}

constexpr std::string_view explanation = R"(Examples:
  mathtool describe iris.csv                        every column in one line
  mathtool describe iris.csv -g species --csv       one block of lines per species, for programs
  mathtool describe data.csv --quantiles 0.05,0.95 --where 'year >= 2000'
  zcat big.csv.gz | mathtool describe -             a pipe in one reading

Count, mean, standard deviation, smallest, quartiles, largest; for programs also the standard error
of the mean, skewness (G1) and excess kurtosis (G2), both adjusted for bias, and the median absolute
deviation (not scaled). Each column is taken by itself: a missing value counts against its column
only. Of text columns the different values are counted.

Quartiles are exact while the values fit --memory. Beyond that they are estimated from a sketch:
'approximate' says so and 'rank_error' by how much the rank can be off at most, as a share.
)";

}  // namespace

extern const Command describe;
const Command describe{.name = "describe",
                       .summary = "count, mean, spread, quartiles and shape of every column",
                       .operands = "[FILE]",
                       .help = explanation,
                       .run = run};

}  // namespace mathtool::cli
