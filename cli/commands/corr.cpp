#include <fmt/core.h>

#include <list>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/covariance/correlation_report.hpp"
#include "cli/covariance/gathered_covariance.hpp"
#include "cli/covariance/kept_rows.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/rank_correlation.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  TableOptions table;
  std::string method = "pearson", adjust;
  bool pairs = false;

  bool ranks() const { return method != "pearson"; }
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.choice("--method", {"pearson", "spearman", "kendall"}, settings.method,
                 "of values, of ranks, or tau-b of the order of pairs");
  options.flag("--pairs", settings.pairs, "a list of pairs, strongest first, instead of matrices");
  options.choice("--adjust", {"holm", "bh"}, settings.adjust,
                 "p-values for their number: Holm, or Benjamini and Hochberg");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  require(settings.table.missing != "mean" || !settings.ranks(),
          "--missing mean makes no sense for ranks: use drop, pairwise or error");
  return global;
}

/// Correlations and, of values, the variances behind them.
struct Correlated {
  stats::Correlation correlation;
  Vec variances = {};
};

Correlated pearson(const GatheredCovariance& gathered, const Settings& settings) {
  if (settings.table.missing == "pairwise")
    return {stats::pearson_correlation(gathered.pairs()),
            gathered.pairs().pair_variances().diagonal()};
  const stats::CovarianceEstimate estimate = gathered.kind() == GatheredCovariance::Kind::rows
                                                 ? gathered.covariance().estimate()
                                                 : gathered.pairs().mean_imputed();
  return {stats::pearson_correlation(estimate), estimate.matrix.diagonal()};
}

Correlated by_ranks(const KeptRows& rows, const Settings& settings, int threads) {
  const stats::RankCorrelationOptions options{.pairwise = settings.table.missing == "pairwise",
                                              .weights = rows.weights(),
                                              .threads = threads};
  const Mat X = rows.matrix();
  return {settings.method == "spearman" ? stats::spearman_correlation(X, options)
                                        : stats::kendall_correlation(X, options)};
}

/// Reads the table by `gather` and reports the correlations that `correlate` finds in each group.
template <class Gathered, class Correlate>
Exit report_all(TableInput& input, const Gathered& gathered, Correlate correlate,
                const Settings& settings, const GlobalOptions& global) {
  Report report{.command = "corr"};
  report_input(input, settings.table, gathered.count, report);
  const bool p_values =
      settings.pairs || global.format == Format::table || global.format == Format::json;
  if (!settings.adjust.empty() && !p_values)
    report.notes.push_back("--adjust changes p-values, which this form shows with --pairs alone");
  std::list<CorrelationResult> results;
  return report_groups(input, gathered, report, global, [&](const auto& group, Report& part) {
    group.require_two_rows(input, "a correlation");
    Correlated found = correlate(group);
    results.push_back(correlation_result(input, std::move(found.correlation),
                                         std::move(found.variances), settings.method,
                                         settings.adjust));
    if (settings.table.missing == "pairwise") repair(results.back(), part);
    report_correlation(results.back(), settings.pairs, part);
  });
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  TableInput input = open_table(settings.table, global);
  const RunControl reading = run_control(global, "reading");
  if (settings.ranks())
    return report_all(
        input, gather_rows(input, global.memory, reading),
        [&](const KeptRows& rows) { return by_ranks(rows, settings, global.threads); }, settings,
        global);
  const bool gaps = settings.table.missing == "mean" || settings.table.missing == "pairwise";
  const auto kind = gaps ? GatheredCovariance::Kind::pairs : GatheredCovariance::Kind::rows;
  return report_all(
      input, gather_covariances(input, kind, global.memory, reading),
      [&](const GatheredCovariance& group) { return pearson(group, settings); }, settings, global);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool corr iris.csv                           matrix of Pearson's r, strongest pairs with p-values
  mathtool corr iris.csv --pairs --csv             one line per pair: r, p-value, 95 % interval, n
  mathtool corr data.csv --method spearman         of ranks: any rising relation counts, not only lines
  mathtool corr iris.csv --plot=corr.svg           the matrix in colours
  mathtool corr data.csv --missing pairwise --adjust bh --json

p-values are two-sided, for no association: Student's t for Pearson and Spearman, for Kendall's
tau-b exact below 50 rows without ties and normal otherwise, as R's cor.test gives them. Intervals
are 95 % after Fisher (Bonett and Wright for Spearman, Fieller for Kendall). pearson reads once in
memory for p x p numbers; spearman and kendall keep the rows within --memory.
)";

}  // namespace

extern const Command corr;
const Command corr{.name = "corr",
                   .summary = "correlations with p-values and intervals",
                   .operands = "[FILE]",
                   .help = explanation,
                   .run = run,
                   .draws = true};

}  // namespace mathtool::cli
