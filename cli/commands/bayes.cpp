#include <cmath>
#include <optional>

#include "cli/bayes/counted_levels.hpp"
#include "cli/bayes/evidence_option.hpp"
#include "cli/bayes/joint_report.hpp"
#include "cli/command.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  std::vector<std::string> given;
  std::string prior;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.list("--given", "COL=VALUE", settings.given,
               "what is known; again for every further variable");
  options.value("--prior", "COL=LEVEL:P,...", settings.prior,
                "another distribution of one variable, as in 'disease=yes:0.001,no:0.999'");
  settings.table.declare(options);
  options.value("--weights", "COLUMN", settings.table.weights,
                "the column of counts, where it is not called count");
  const GlobalOptions global = options.parse();
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "levels have no mean: --missing drop or error");
  return global;
}

/// Probabilities that do not sum to 1 are divided by their sum, which is told.
void note_sum(const CountedLevels& counted, const stats::JointTable& table, Report& report) {
  const auto sum = static_cast<double>(table.total());
  if (counted.kind == MassKind::probability && std::abs(sum - 1) > 1e-9)
    report.notes.push_back(
        fmt::format("the probabilities sum to {:.6g}; they are divided by that", sum));
}

JointResult update(stats::JointTable observed, const Settings& settings, MassKind kind) {
  JointResult result{.observed = observed, .joint = std::move(observed), .kind = kind};
  result.given = parse_given(settings.given, result.joint);
  if (!settings.prior.empty()) {
    const Prior prior = parse_prior(settings.prior, result.joint);
    result.joint = result.joint.with_marginal(prior.variable, prior.probabilities);
    result.changed = prior.variable;
  }
  if (!result.given.empty()) result.conditional = result.joint.conditional(result.given);
  return result;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  TableInput input = open_table(settings.table, global, false);
  const CountedLevels counted =
      count_levels(settings.table, global.memory, run_control(global, "reading"), input);
  const stats::JointTable table = counted.cells.table();
  Report report{.command = "bayes"};
  report_input(input, settings.table, counted.count, report, counted.missing_texts);
  note_sum(counted, table, report);
  report_joint(update(table, settings, counted.kind), report);
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool bayes medical-test.csv                            joint table, marginals, independence
  mathtool bayes medical-test.csv --given test=positive      what a positive test means
  mathtool bayes medical-test.csv --given test=positive --prior disease=yes:0.2,no:0.8
  mathtool bayes berkeley.csv -c gender,admitted             two of the variables, the others summed over
  mathtool bayes berkeley.csv --given department=A --given gender=female --json
  mathtool bayes patients.csv -c age_group,smoker,outcome    each row an observation

Every column is a variable and its values are levels, numbers too. With a column 'count' or
'probability' a row is a cell that weighs so much, else it counts 1. --given conditions on levels:
P(rest | given) = P(rest, given) / P(given), with each variable's probabilities before and after.
--prior first replaces the probabilities of one variable and leaves those of the others given it as
they are: a table of P(disease, test) from a study serves a place where the disease is rarer. Whether
variables are independent is measured on the table as read: the largest difference from products of
marginals, mutual information, and for counts Pearson's chi-squared.
)";

}  // namespace

extern const Command bayes;
const Command bayes{.name = "bayes",
                    .summary = "joint, marginal and conditional probabilities of levels",
                    .operands = "[FILE]",
                    .help = explanation,
                    .run = run};

}  // namespace mathtool::cli
