#include <fmt/format.h>

#include <list>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/grouped_report.hpp"
#include "cli/hypothesis/fail_condition.hpp"
#include "cli/hypothesis/test_data.hpp"
#include "cli/hypothesis/test_kind.hpp"
#include "cli/hypothesis/test_outcome.hpp"
#include "cli/hypothesis/test_report.hpp"
#include "cli/hypothesis/test_settings.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// The results of all groups of -g, and whether --fail-if holds for one of them.
struct TestRun {
  std::list<TestOutcome> outcomes = {};
  bool fails = false;
};

/// What the library says of the data, behind the name of the file.
TestOutcome run_named(const TestData& data, const TestSettings& settings, const TableInput& input) {
  try {
    return run_test(data, settings);
  } catch (const InsufficientDataError& error) {
    throw InsufficientDataError(fmt::format("{}: {}", input.reader.name(), error.what()));
  }
}

Exit report_all(const TableInput& input, const GatheredTestData& gathered,
                const TestSettings& settings, const std::optional<FailCondition>& condition,
                const GlobalOptions& global, Report& report) {
  TestRun run;
  const auto describe = [&](const TestData& data, Report& part) {
    run.outcomes.push_back(run_named(data, settings, input));
    report_test(data, run.outcomes.back(), settings, part);
    if (!condition) return;
    const stats::TestResult& result = run.outcomes.back().result;
    run.fails = run.fails || condition->holds(result);
    if (const std::vector<std::string> names = condition->undefined(result); !names.empty())
      part.notes.push_back(
          fmt::format("--fail-if asks for {}, which {} undefined here: no comparison with it holds",
                      fmt::join(names, " and "), names.size() == 1 ? "is" : "are"));
  };
  GatheredGroups<const TestData*> groups;
  for (std::size_t i = 0; i < gathered.data.size(); ++i)
    groups.groups[gathered.levels[i]] = &gathered.data[i];
  const Exit exit =
      report_groups(input, groups, report, global,
                    [&](const TestData* data, Report& part) { describe(*data, part); });
  return exit == Exit::done && run.fails ? Exit::condition_held : exit;
}

Exit run(const Invocation& invocation) {
  TestWords words;
  Options options(invocation);
  words.declare(options);
  const GlobalOptions global = options.parse();
  TestSettings settings = read_settings(words, global);
  std::optional<FailCondition> condition;
  if (!words.fail_if.empty()) condition.emplace(words.fail_if);
  const bool numbers = !counts_levels(settings.kind->layout);
  require(numbers || !global.plot, "test {} has nothing to draw; leave out --plot",
          settings.kind->name);
  require(settings.kind->name != "runs" || words.table.weights.empty(),
          "a runs test is about the order of rows, which weights have not; leave --weights out");

  TableInput input = open_table(words.table, global, numbers);
  const GatheredTestData gathered = gather_test_data(input, words, settings, global);
  settings.run = run_control(global, "testing");
  Report report{.command = "test"};
  report_input(input, words.table, gathered.count, report, gathered.missing_texts);
  return report_all(input, gathered, settings, condition, global, report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool test t mtcars.csv -c mpg --by am                 Welch's test of two groups
  mathtool test t mtcars.csv -c mpg --mu 20                 one mean against a number
  mathtool test t-paired before-after.csv -c before,after
  mathtool test anova PlantGrowth.csv -c weight --by group  with all pairs after Tukey
  mathtool test anova2 ToothGrowth.csv -c len --by supp,dose
  mathtool test chisq mtcars.csv -c cyl,am                  independence of two variables
  mathtool test fisher trial.csv -c arm,outcome --weights count
  mathtool test mann-whitney times.csv -c ms --by version --permutation 9999
  mathtool test t times.csv -c old,new --fail-if 'p_value < 0.01 && effect_size < -0.2'
  mathtool test shapiro iris.csv -c 1 -g Species --json     each group by itself

Kinds, by what they are about:
  means        z, t (Welch with two samples), t-pooled, t-paired, anova, anova2
  variances    var, levene, bartlett
  counts       chisq-fit, chisq, fisher, prop, binom
  ranks        mann-whitney, wilcoxon, kruskal, sign, runs
  distribution ks, ks2, anderson, shapiro, jarque-bera
  association  cor

Samples are the levels of --by, sorted (numbers by value), or the columns of -c; differences are
those of the first less the second. A result has the statistic, degrees of freedom, the p-value (as
a power of ten where no number is small enough), an estimate and an effect size with intervals, and
what the data say about the assumptions. Exact and approximate p-values are chosen as R chooses
them. --fail-if sees p_value, log10_p, statistic, df, df1, df2, estimate, ci_low, ci_high,
effect_size and n; where it is true the exit status is 5.
)";

}  // namespace

extern const Command test;
const Command test{.name = "test",
                   .summary = "tests of hypotheses, with effect sizes and assumptions",
                   .operands = "KIND [FILE]",
                   .help = explanation,
                   .run = run,
                   .draws = true};

}  // namespace mathtool::cli
