#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/command.hpp"
#include "cli/first_few.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/pca/components_option.hpp"
#include "cli/pca/fit_notes.hpp"
#include "cli/pca/gathered_table.hpp"
#include "cli/pca/pca_figure.hpp"
#include "cli/pca/pca_report.hpp"
#include "cli/pca/score_file.hpp"
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
  options.value("--scores", "FILE", settings.scores,
                "write text columns and scores of every row; FILE.npy: the scores alone, as NPY");
  options.flag("--whiten", settings.whiten, "scale scores to variance 1");
  options.flag("--diagnostics", settings.diagnostics,
               "Hotelling's T2 and the residual Q of every row, with limits");
  options.value("--loadings", "FILE", settings.loadings,
                "write loadings: component times root of eigenvalue");
  options.value("--save", "MODEL", settings.model, "save the fit for 'mathtool apply'");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  for (const std::string* path : {&settings.scores, &settings.loadings, &settings.model})
    require(*path != "-" || global.output != "-",
            "standard output takes the report; name a file, or send the report to one with -o");
  require_different_files({{"--scores", settings.scores},
                           {"--loadings", settings.loadings},
                           {"--save", settings.model},
                           {"--output", global.output},
                           {"--plot", global.plot_path}});
  require(settings.table.groups.empty() ||
              (settings.scores.empty() && settings.loadings.empty() && settings.model.empty() &&
               !settings.diagnostics && !global.plot),
          "-g fits one analysis per group; --scores, --loadings, --save, --diagnostics and --plot "
          "are about one: pick the group with --where");
  return global;
}

SecondReadingOptions second_reading(const Settings& settings, const GlobalOptions& global) {
  return {.scores_path = settings.scores,
          .scores = {.whiten = settings.whiten, .diagnostics = settings.diagnostics},
          .sample = global.plot};
}

stats::PcaSolver parse_solver(const std::string& word) {
  for (const auto solver :
       {stats::PcaSolver::covariance, stats::PcaSolver::svd, stats::PcaSolver::randomized})
    if (word == to_string(solver)) return solver;
  return stats::PcaSolver::automatic;
}

/// Takes constant columns out, which cannot be standardised, and says which.
void drop_constant_columns(const std::vector<std::string>& names, GatheredTable& table, Vec& sd,
                           Report& report) {
  std::vector<Index> varying;
  std::vector<std::string> constant;
  for (Index j = 0; j < sd.size(); ++j) {
    if (sd[j] > 0) {
      varying.push_back(j);
    } else {
      constant.push_back(names[static_cast<std::size_t>(j)]);
    }
  }
  if (constant.empty() || varying.empty()) return;
  table.keep_columns(varying);
  sd = Vec(sd(varying));
  report.notes.push_back(fmt::format("constant column{} dropped: {}",
                                     constant.size() == 1 ? "" : "s", first_few(constant)));
}

/// Variances, or without -s their sum, that no double holds.
bool overflows(const Vec& sd, bool standardize) {
  return !sd.allFinite() || (!standardize && !std::isfinite(sd.squaredNorm()));
}

/// A covariance that overflows is no reason to print nothing.
void report_overflow(const std::vector<std::string>& names, std::int64_t observations,
                     Report& report) {
  report.status = Status::not_finite;
  report.reason =
      "the covariance overflows: a column's values are too large to be squared; rescale it";
  report.screen = {Paragraph{report.reason}};
  report.notes.push_back(report.reason);
  report.result = [=] { return Json{{"variables", names}, {"observations", observations}}; };
}

/// Fits one group; none where nothing can be fitted, which the report then says.
/// Throws: InsufficientDataError when there is nothing to report at all.
std::optional<stats::Pca> fit(GatheredTable& table, const TableInput& input,
                              const stats::PcaOptions& options, Report& report) {
  require<InsufficientDataError>(table.problem.empty(), "{}", table.problem);
  report.notes.insert(report.notes.end(), table.notes.begin(), table.notes.end());
  Vec sd = table.standard_deviations();
  require<InsufficientDataError>(!(sd.array() == 0).all(), "{}: no column varies",
                                 input.reader.name());
  const auto names = [&] { return input.names(table.columns); };
  if (overflows(sd, options.standardize)) {
    report_overflow(names(), table.observations, report);
    return std::nullopt;
  }
  if (options.standardize)
    drop_constant_columns(names(), table, sd, report);
  else
    note_scales(sd, names(), report);
  stats::Pca pca =
      table.rows ? stats::fit_pca(*table.rows, options) : stats::fit_pca(table.covariance, options);
  pca.variables = names();
  table.rows.reset();
  if (pca.solver == stats::PcaSolver::randomized ||
      options.components.kind() == stats::ComponentRule::Kind::parallel)
    report.seed = options.seed;
  report.decisions.push_back(fmt::format("solver: {}", to_string(pca.solver)));
  note_rank(pca, options.components, report);
  note_precision(pca, report);
  return pca;
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

/// One analysis for each group.
Exit run_groups(TableInput& input, GatheredTables& tables, const stats::PcaOptions& options,
                Report& report, const GlobalOptions& global) {
  std::list<stats::Pca> fits;
  std::vector<GroupReport> parts;
  for (GatheredTable& table : tables.groups) {
    parts.push_back(report_group(table.levels, [&](Report& part) {
      auto pca = fit(table, input, options, part);
      if (!pca) return;
      fits.push_back(std::move(*pca));
      report_pca(fits.back(), nullptr, options.standardize, global.digits, part);
    }));
  }
  combine_groups(input, parts, report);
  render(report, global);
  return exit_of(report);
}

void write_loadings(const stats::Pca& pca, const std::string& path, StagedFiles& files) {
  if (!is_npy_path(path)) return files.write(path, loadings_csv(pca));
  data::OutputFile file(path);
  data::NpyWriter writer(file, pca.input_size(), pca.output_size());
  writer.write(RowMat(pca.loadings()));
  writer.finish();
  files.add(std::move(file));
}

Exit run_whole(TableInput& input, GatheredTables& tables, const stats::PcaOptions& options,
               const Settings& settings, TableStore& store, Report& report,
               const GlobalOptions& global) {
  GatheredTable& table = tables.groups.front();
  const std::optional<stats::Pca> pca = fit(table, input, options, report);
  if (!pca) {
    render(report, global);
    return exit_of(report);
  }
  input.numeric = table.columns;
  const SecondReadingOptions again = second_reading(settings, global);
  SecondReading reading;
  if (again.wanted())
    reading =
        read_again(input, *pca, tables.count.read, again, store, run_control(global, "scores"));
  StagedFiles files;
  if (!settings.loadings.empty()) write_loadings(*pca, settings.loadings, files);
  if (!settings.model.empty()) files.write(settings.model, stats::to_json(*pca));
  if (reading.file) files.add(std::move(*reading.file));

  report_pca(*pca, reading.diagnostics ? &*reading.diagnostics : nullptr, options.standardize,
             global.digits, report);
  if (pca->status != Status::converged) report.notes.push_back(report.reason);
  report.figure = [&] { return pca_figure(*pca, reading.sample); };
  report.hints = hints(settings, global);
  render(report, global, std::move(files));
  return exit_of(report);
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const stats::PcaOptions options{.components = parse_components(settings.components),
                                  .standardize = settings.standardize,
                                  .solver = parse_solver(settings.solver),
                                  .seed = global.seed,
                                  .threads = global.threads};

  TableInput input = open_table(settings.table, global);
  if (!settings.model.empty()) require_utf8_names(input);
  const bool again = second_reading(settings, global).wanted() && input.groups.empty();
  if (again) input.reader.expect_another_pass();
  TableStore store(input.numeric, global.memory);
  GatheredTables tables = gather(input, options.solver, global.memory, again ? &store : nullptr,
                                 run_control(global, "reading"));
  Report report{.command = "pca"};
  report_input(input, settings.table, tables.count, report);
  if (settings.whiten && settings.scores.empty() && !global.plot)
    report.notes.push_back("--whiten changes scores alone; --scores FILE writes them");
  return input.groups.empty() ? run_whole(input, tables, options, settings, store, report, global)
                              : run_groups(input, tables, options, report, global);
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
