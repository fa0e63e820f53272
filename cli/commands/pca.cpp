#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/command.hpp"
#include "cli/first_few.hpp"
#include "cli/pca/components_option.hpp"
#include "cli/pca/gathered_table.hpp"
#include "cli/pca/pca_figure.hpp"
#include "cli/pca/pca_report.hpp"
#include "cli/pca/second_reading.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/pca_model.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  std::string components, solver = "auto", scores, loadings, model;
  bool standardize = false, whiten = false, diagnostics = false;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.value("-k,--components", "N|95%|kaiser|parallel", settings.components,
                "how many to keep: a number, the fewest that reach a share, those above the mean "
                "eigenvalue, or those above the 95th percentile of 200 random tables");
  options.flag("-s,--standardize", settings.standardize,
               "divide each column by its standard deviation first");
  options.choice(
      "--solver", {"auto", "covariance", "svd", "randomized"}, settings.solver,
      "auto and covariance read once in constant memory; svd and randomized keep all rows");
  options.value("--scores", "FILE", settings.scores, "write text columns and scores of every row");
  options.flag("--whiten", settings.whiten, "scale scores to variance 1");
  options.flag("--diagnostics", settings.diagnostics,
               "Hotelling's T2 and the residual Q of every row, with limits");
  options.value("--loadings", "FILE", settings.loadings,
                "write loadings: component times root of eigenvalue");
  options.value("--save", "MODEL", settings.model, "save the fit for 'mathtool apply'");
  settings.table.declare(options);
  const GlobalOptions global = options.parse();
  for (const std::string* path : {&settings.scores, &settings.loadings, &settings.model})
    require(*path != "-" || global.output != "-",
            "standard output takes the report; name a file, or send the report to one with -o");
  require_different_files({{"--scores", settings.scores},
                           {"--loadings", settings.loadings},
                           {"--save", settings.model},
                           {"--output", global.output},
                           {"--plot", global.plot_path}});
  return global;
}

stats::PcaSolver parse_solver(const std::string& word) {
  for (const auto solver :
       {stats::PcaSolver::covariance, stats::PcaSolver::svd, stats::PcaSolver::randomized})
    if (word == to_string(solver)) return solver;
  return stats::PcaSolver::automatic;
}

/// Takes constant columns out, which cannot be standardised, and says which.
void drop_constant_columns(TableInput& input, GatheredTable& table, Vec& sd, Report& report) {
  const std::vector<std::string> names = input.numeric_names();
  std::vector<Index> varying, positions;
  std::vector<std::string> constant;
  for (Index j = 0; j < sd.size(); ++j) {
    if (sd[j] > 0) {
      varying.push_back(j);
      positions.push_back(input.numeric[static_cast<std::size_t>(j)]);
    } else {
      constant.push_back(names[static_cast<std::size_t>(j)]);
    }
  }
  if (constant.empty() || varying.empty()) return;
  table.keep_columns(varying);
  sd = Vec(sd(varying));
  input.numeric = positions;
  report.notes.push_back(fmt::format("constant column{} dropped: {}",
                                     constant.size() == 1 ? "" : "s", first_few(constant)));
}

void note_scales(const Vec& sd, const std::vector<std::string>& names, Report& report) {
  Index least = 0, most = 0;
  for (Index j = 0; j < sd.size(); ++j) {
    if (sd[j] > 0 && (sd[j] < sd[least] || !(sd[least] > 0))) least = j;
    if (sd[j] > sd[most]) most = j;
  }
  if (!(sd[most] > 10 * sd[least])) return;
  report.notes.push_back(
      fmt::format("standard deviations range from {:.3g} ({}) to {:.3g} ({}): columns in large "
                  "units dominate; -s "
                  "gives all the same weight",
                  sd[least], names[static_cast<std::size_t>(least)], sd[most],
                  names[static_cast<std::size_t>(most)]));
}

void note_rank(const stats::Pca& pca, const stats::ComponentRule& rule, Report& report) {
  const Index possible =
      static_cast<Index>(std::min<std::int64_t>(pca.observations - 1, pca.input_size()));
  if (rule.kind() == stats::ComponentRule::Kind::count && rule.count() > pca.output_size())
    report.notes.push_back(
        fmt::format("{} components were asked for; the data have rank {}", rule.count(), pca.rank));
  else if (pca.rank < possible)
    report.notes.push_back(
        fmt::format("the data have rank {}, not {}, as far as solver {} can tell: some columns are "
                    "constant or linear "
                    "combinations of others",
                    pca.rank, possible, to_string(pca.solver)));
}

/// Where eigenvalues were squared before they were compared, the directions of the small ones are
/// blurred.
void note_precision(const stats::Pca& pca, Report& report) {
  constexpr double blurred = 1e-10;
  const bool squared =
      pca.solver == stats::PcaSolver::covariance || pca.solver == stats::PcaSolver::gram;
  const double smallest = pca.eigenvalues[pca.output_size() - 1];
  if (!squared || smallest >= blurred * pca.eigenvalues[0]) return;
  report.notes.push_back(fmt::format(
      "the smallest eigenvalue is {:.1g} of the largest: such components have few correct digits; "
      "--solver svd has more",
      smallest / pca.eigenvalues[0]));
}

/// Variances, or without -s their sum, that no double holds.
bool overflows(const Vec& sd, bool standardize) {
  return !sd.allFinite() || (!standardize && !std::isfinite(sd.squaredNorm()));
}

/// A covariance that overflows is no reason to print nothing.
Exit report_overflow(const GatheredTable& table, const TableInput& input, Report& report,
                     const GlobalOptions& global) {
  report.status = Status::not_finite;
  report.reason =
      "the covariance overflows: a column's values are too large to be squared; rescale it";
  report.screen = {Paragraph{report.reason}};
  report.notes.push_back(report.reason);
  report.result = [&] {
    return Json{{"variables", input.numeric_names()}, {"observations", table.count.used}};
  };
  render(report, global);
  return Exit::not_established;
}

std::vector<std::string> hints(const Settings& settings, const GlobalOptions& global) {
  const std::string file = settings.table.path == "-" ? "FILE" : settings.table.path;
  if (!settings.model.empty())
    return {fmt::format("mathtool apply {} NEW.csv   scores of new rows by this model",
                        settings.model)};
  if (!global.plot) return {fmt::format("mathtool pca {} --plot   scree plot and biplot", file)};
  if (settings.scores.empty())
    return {fmt::format("mathtool pca {} --scores scores.csv   every row in the new coordinates",
                        file)};
  return {};
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const stats::ComponentRule rule = parse_components(settings.components);
  const stats::PcaSolver solver = parse_solver(settings.solver);

  TableInput input = open_table(settings.table, global);
  if (!settings.model.empty()) require_utf8_names(input);
  const SecondReadingOptions again{
      .scores_path = settings.scores,
      .scores = {.whiten = settings.whiten, .diagnostics = settings.diagnostics},
      .sample = global.plot};
  if (again.wanted()) input.reader.expect_another_pass();
  GatheredTable table = gather(input, solver, global.memory, run_control(global, "reading"));

  Report report{.command = "pca"};
  report.input = summarize_input(input, settings.table, table.count);
  report.notes = input.notes;
  report.decisions = input.decisions;
  report.notes.insert(report.notes.end(), table.notes.begin(), table.notes.end());
  for (const std::string& note : {describe_bad_rows(table.count), describe_dropped(*report.input)})
    if (!note.empty()) report.notes.push_back(note);

  Vec sd = table.standard_deviations();
  require<InsufficientDataError>(!(sd.array() == 0).all(), "{}: no column varies",
                                 input.reader.name());
  if (overflows(sd, settings.standardize)) return report_overflow(table, input, report, global);
  if (settings.standardize)
    drop_constant_columns(input, table, sd, report);
  else
    note_scales(sd, input.numeric_names(), report);

  const stats::PcaOptions options{.components = rule,
                                  .standardize = settings.standardize,
                                  .solver = solver,
                                  .seed = global.seed,
                                  .threads = global.threads};
  stats::Pca pca =
      table.rows ? stats::fit_pca(*table.rows, options) : stats::fit_pca(table.covariance, options);
  pca.variables = input.numeric_names();
  table.rows.reset();
  if (pca.solver == stats::PcaSolver::randomized ||
      rule.kind() == stats::ComponentRule::Kind::parallel)
    report.seed = global.seed;
  report.decisions.push_back(fmt::format("solver: {}", to_string(pca.solver)));
  note_rank(pca, rule, report);
  note_precision(pca, report);

  SecondReading reading;
  if (again.wanted())
    reading = read_again(input, pca, table.count.read, again, run_control(global, "scores"));
  StagedFiles files;
  if (!settings.loadings.empty()) files.write(settings.loadings, loadings_csv(pca));
  if (!settings.model.empty()) files.write(settings.model, stats::to_json(pca));
  if (reading.file) files.add(std::move(*reading.file));

  report_pca(pca, reading.diagnostics, settings.standardize, global.digits, report);
  if (pca.status != Status::converged) report.notes.push_back(report.reason);
  report.figure = [&] { return pca_figure(pca, reading.sample); };
  report.hints = hints(settings, global);
  render(report, global, std::move(files));
  return pca.status == Status::converged ? Exit::done : Exit::not_established;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool pca iris.csv                          components of the numeric columns
  mathtool pca iris.csv -s -k 2 --plot           standardised, two kept, scree plot and biplot
  mathtool pca iris.csv --plot=biplot.svg        the same pictures in a file
  mathtool pca data.csv -k 95% --scores pc.csv   as many as reach 95 % of the variance; scores of all rows
  mathtool pca data.csv -c 'temp*,!id' --json    some of the columns; JSON for other programs
  mathtool pca data.csv -s -k parallel --save m.json && mathtool apply m.json new.csv

Finds the orthogonal directions along which the rows of a table vary most. Rows with a missing
value are left out, text columns are carried along to --scores. In each component the first of
the largest entries is positive, so that signs never flip.

One reading in memory for p x p numbers (p columns), whatever the number of rows; where there are
no more rows than columns, the rows are kept instead.
)";

}  // namespace

extern const Command pca;
const Command pca{.name = "pca",
                  .summary = "principal components of a table",
                  .operands = "[FILE]",
                  .help = explanation,
                  .run = run,
                  .draws = true};

}  // namespace mathtool::cli
