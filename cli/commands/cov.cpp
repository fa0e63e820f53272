#include <fmt/core.h>

#include <cmath>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/covariance/gathered_covariance.hpp"
#include "cli/covariance/named_matrix.hpp"
#include "cli/covariance/pairwise_repair.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "cli/render/json.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/shrinkage.hpp"

namespace mathtool::cli {
namespace {

constexpr Index most_shown = 12;  // columns of a matrix for people

struct Settings {
  TableOptions table;
  std::string shrink;
  bool population = false;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.choice("--shrink", {"ledoit-wolf", "oas"}, settings.shrink,
                 "pull towards a multiple of the identity, for few rows of many columns");
  options.flag("--population", settings.population, "divide by n instead of n - 1");
  settings.table.declare(options);
  settings.table.declare_groups(options);
  const GlobalOptions global = options.parse();
  const bool whole_rows = settings.table.missing == "drop" || settings.table.missing == "error";
  require(settings.shrink.empty() || whole_rows,
          "--shrink needs whole rows: use --missing drop or error");
  require(settings.shrink.empty() || !settings.population,
          "--shrink divides by n as it is; leave --population out");
  return global;
}

GatheredCovariance::Kind kind_for(const Settings& settings) {
  if (settings.table.missing == "mean" || settings.table.missing == "pairwise")
    return GatheredCovariance::Kind::pairs;
  return settings.shrink == "ledoit-wolf" ? GatheredCovariance::Kind::fourth
                                          : GatheredCovariance::Kind::rows;
}

/// A covariance matrix and the numbers of rows behind it.
struct Result {
  std::vector<std::string> variables = {};
  Mat matrix = {};
  double n = 0.0;
  std::optional<Mat> pair_counts = {};  ///< under --missing pairwise, instead of n
  std::optional<double> shrinkage = {};
};

Result covariance_of(const GatheredCovariance& gathered, const TableInput& input,
                     const Settings& settings, Report& report) {
  Result result{.variables = input.numeric_names()};
  gathered.require_two_rows(input, "a covariance");
  if (gathered.kind() == GatheredCovariance::Kind::pairs) {
    const bool pairwise = settings.table.missing == "pairwise";
    const stats::CovarianceEstimate estimate =
        pairwise ? gathered.pairs().pairwise() : gathered.pairs().mean_imputed();
    result.matrix = estimate.matrix;
    result.n = static_cast<double>(gathered.rows());
    if (pairwise) {
      result.pair_counts = gathered.pairs().pair_counts();
      if (const std::string note = repair_pairwise(result.matrix, "covariance"); !note.empty())
        report.notes.push_back(note);
    }
  } else if (settings.shrink.empty()) {
    result.matrix = gathered.covariance().matrix();
    result.n = gathered.covariance().weight();
  } else {
    const stats::ShrunkCovariance shrunk = settings.shrink == "oas"
                                               ? stats::shrink_oas(gathered.covariance().estimate())
                                               : stats::shrink_ledoit_wolf(gathered.fourth());
    result.matrix = shrunk.matrix;
    result.shrinkage = shrunk.shrinkage;
    result.n = gathered.covariance().weight();
  }
  if (settings.population) {
    for (Index j = 0; j < result.matrix.cols(); ++j)
      for (Index i = 0; i < result.matrix.rows(); ++i) {
        const double n = result.pair_counts ? (*result.pair_counts)(i, j) : result.n;
        result.matrix(i, j) *= (n - 1) / n;
      }
  }
  return result;
}

/// Whether an entry is not finite, though there are rows enough for it.
bool overflows(const Result& result) {
  for (Index j = 0; j < result.matrix.cols(); ++j)
    for (Index i = 0; i < result.matrix.rows(); ++i) {
      const double n = result.pair_counts ? (*result.pair_counts)(i, j) : result.n;
      if (n > 1 && !std::isfinite(result.matrix(i, j))) return true;
    }
  return false;
}

void report_result(const Result& result, Report& report) {
  const Index p = std::ssize(result.variables);
  report.main = named_matrix(result.variables, result.matrix);
  std::string heading = fmt::format("covariance of {} column{}", p, p == 1 ? "" : "s");
  if (!result.pair_counts) heading += fmt::format(", {} rows", result.n);
  if (result.shrinkage) heading += fmt::format(", shrinkage {:.4g}", *result.shrinkage);
  report.screen.push_back(Paragraph{heading});
  report.screen.push_back(named_matrix(result.variables, result.matrix, most_shown));
  if (p > most_shown)
    report.screen.push_back(Paragraph{
        fmt::format("the first {} of {} columns; --csv or --json gives all", most_shown, p)});
  report.result = [&result] {
    Json json{{"variables", result.variables}, {"matrix", rows_to_json(result.matrix)}};
    if (result.pair_counts)
      json["n"] = rows_to_json(*result.pair_counts);
    else
      json["n"] = whole_or_real(result.n);
    if (result.shrinkage) json["shrinkage"] = *result.shrinkage;
    return json;
  };
  if (overflows(result)) {
    report.status = Status::not_finite;
    report.reason = "the covariance overflows: values are too large to be squared; rescale them";
    report.notes.push_back(report.reason);
  }
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  TableInput input = open_table(settings.table, global);
  const auto gathered =
      gather_covariances(input, kind_for(settings), global.memory, run_control(global, "reading"));
  Report report{.command = "cov"};
  report_input(input, settings.table, gathered.count, report);
  std::list<Result> results;
  return report_groups(input, gathered, report, global,
                       [&](const GatheredCovariance& group, Report& part) {
                         results.push_back(covariance_of(group, input, settings, part));
                         report_result(results.back(), part);
                       });
}

constexpr std::string_view explanation = R"(Examples:
  mathtool cov iris.csv                          covariance matrix of the numeric columns
  mathtool cov data.csv --missing pairwise       each entry from all rows that have both values
  mathtool cov genes.csv --shrink ledoit-wolf    a matrix that can be inverted, from few rows
  mathtool cov data.csv -g site --json           one matrix per site

The divisor is n - 1 (--population: n). Rows with a missing value are left out unless --missing says
otherwise. Shrinkage replaces S by (1 - a) S + a m I, where m is the mean variance and a is chosen
after Ledoit and Wolf (2004) or by the oracle approximation of Chen et al. (2010), as in scikit-learn.
)";

}  // namespace

extern const Command cov;
const Command cov{.name = "cov",
                  .summary = "covariance matrix",
                  .operands = "[FILE]",
                  .help = explanation,
                  .run = run};

}  // namespace mathtool::cli
