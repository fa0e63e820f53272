#include <fmt/format.h>

#include <list>

#include "cli/command.hpp"
#include "cli/first_few.hpp"
#include "cli/fitdist/column_sample.hpp"
#include "cli/fitdist/fit_report.hpp"
#include "cli/fitdist/fit_table.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distribution_model.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  std::string families = "all", model;
  std::vector<std::string> fixed;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.value("--families", "all|continuous|discrete|A,B", settings.families,
                "what to try; all: discrete ones for whole numbers >= 0, else continuous ones");
  options.list("--fix", "NAME=VALUE", settings.fixed,
               "a parameter that is known, in every family that has it");
  options.value("--save", "MODEL", settings.model, "save the best fit for 'mathtool dist @MODEL'");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "fitdist takes the values that are there: --missing drop or error");
  require(settings.table.groups.empty() || settings.model.empty(),
          "-g fits each group; --save is about one: pick the group with --where");
  require(settings.model != "-" || global.output != "-",
          "standard output takes the report; name a file, or send the report to one with -o");
  require_different_files(
      {{"--save", settings.model}, {"--output", global.output}, {"--plot", global.plot_path}});
  return global;
}

void require_one_column(const TableInput& input) {
  require(input.numeric.size() == 1, "{} has {} numeric columns; pick the one to fit with -c: {}",
          input.reader.name(), input.numeric.size(), first_few(input.numeric_names()));
}

stats::FrequencyTable count_values(const ColumnSample& sample, const TableInput& input) {
  stats::FrequencyTable table = stats::frequency_table(sample.values, sample.weights);
  require<InsufficientDataError>(
      table.size() >= 2, "{}: column '{}' has {} different value{}; a fit needs two at least",
      input.reader.name(), input.numeric_names().front(), table.size(),
      table.size() == 1 ? "" : "s");
  return table;
}

/// Whether other families than those for whole numbers may be meant.
void note_whole_numbers(const FitTable& table, const FamilyRequest& request, Report& report) {
  if (request.named.empty() && request.choice == stats::FamilyChoice::automatic &&
      table.sample.whole_numbers && table.sample.values.front() >= 0)
    report.notes.push_back(
        "whole numbers were taken for counts; --families continuous takes them for measurements");
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const FamilyRequest request = parse_families(settings.families);
  const auto fixed = parse_fixed(settings.fixed, request);
  TableInput input = open_table(settings.table, global);
  require_one_column(input);
  if (!settings.model.empty()) require_utf8_names(input);
  const std::string column = input.numeric_names().front();
  const auto samples = gather_column(input, global.memory, run_control(global, "reading"));
  Report report{.command = "fitdist"};
  report_input(input, settings.table, samples.count, report);

  std::list<FitTable> tables;
  const auto describe = [&](const ColumnSample& sample, Report& part) {
    tables.push_back(
        fit_families(count_values(sample, input), request, fixed, run_control(global, "fitting")));
    note_whole_numbers(tables.back(), request, part);
    report_fits(column, tables.back(), part);
  };
  if (!input.groups.empty()) return report_groups(input, samples, report, global, describe);

  describe(samples.groups.groups().front().value, report);
  StagedFiles files;
  const std::vector<stats::DistributionFit>& fits = tables.front().fits;
  if (!settings.model.empty() && !fits.empty() && fits.front().status == Status::converged) {
    files.write(settings.model, stats::to_json(fits.front(), column));
    report.hints = {
        fmt::format("mathtool dist @{} cdf X   probabilities by this model", settings.model)};
  }
  render(report, global, std::move(files));
  return exit_of(report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool fitdist iris.csv -c Petal.Length                 all families, best first
  mathtool fitdist losses.csv -c amount --families lognormal,weibull,pareto
  mathtool fitdist waits.csv -c minutes --families gamma --fix shape=2 --json
  mathtool fitdist iris.csv -c 1 -g species --plot=qq.svg   a fit and a Q-Q plot per species
  mathtool fitdist counts.csv -c visits --weights families  a table of frequencies
  mathtool fitdist losses.csv -c amount --save loss.json && mathtool dist @loss.json survival 1e6

Fits distributions by maximum likelihood and ranks them by Akaike's criterion, 2 k - 2 log L for k
estimated parameters. Standard errors are those of the observed information; there are none for
ends of a support, for numbers of trials and for parameters that --fix holds.

ks is the largest distance between the distribution functions of the sample and of the fit. Its
p_value, for continuous families, would be exact if the parameters had been known beforehand;
estimated from the same values, it is too large: a small one speaks against the family, a large one
does not prove it.
)";

}  // namespace

extern const Command fitdist;
const Command fitdist{.name = "fitdist",
                      .summary = "distributions fitted to a column, best first",
                      .operands = "[FILE]",
                      .help = explanation,
                      .run = run,
                      .draws = true};

}  // namespace mathtool::cli
