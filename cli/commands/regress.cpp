#include <fmt/core.h>

#include <list>
#include <optional>
#include <string_view>

#include "cli/command.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "cli/regress/grouped_fits.hpp"
#include "cli/regress/model_input.hpp"
#include "cli/regress/model_options.hpp"
#include "cli/regress/model_rows.hpp"
#include "cli/regress/regression_figure.hpp"
#include "cli/regress/regression_fit.hpp"
#include "cli/regress/regression_report.hpp"
#include "cli/regress/row_diagnostics.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings : ModelOptions {
  std::string formula, family = "gaussian", robust;
  PenaltyOption penalty;
  std::optional<int> folds;
  bool vif = false;
};

void require_compatible(const Settings& settings, const GlobalOptions& global) {
  const bool gaussian = settings.family == "gaussian";
  settings.penalty.check();
  require(gaussian || !settings.penalty.given(),
          "--ridge and --lasso are for the gaussian family; leave --family out");
  require(gaussian || settings.robust.empty(),
          "--robust is for the gaussian family; leave --family out");
  require(!settings.penalty.given() || settings.robust.empty(),
          "coefficients under a penalty have no standard errors: leave --robust out");
  require(!settings.penalty.given() || !settings.vif,
          "--vif is about fits without a penalty: leave it, or --ridge and --lasso, out");
  require(!settings.folds || settings.penalty.by_cross_validation(),
          "--folds is about cross-validation; ask for it with --lasso cv or --ridge cv");
  settings.check(global, "regression", "regression");
}

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("FORMULA", settings.formula, true, "what explains what: 'y ~ x1 + x2'");
  options.choice("--family", {"gaussian", "binomial", "poisson"}, settings.family,
                 "of the response: least squares, logistic or log-linear regression");
  options.value("--ridge", "L|cv", settings.penalty.ridge,
                "penalty L/2 b^2 on standardised columns; cv: by cross-validation");
  options.value("--lasso", "L|cv", settings.penalty.lasso,
                "penalty L |b| on standardised columns; with --ridge the elastic net");
  options.value("--folds", "K", settings.folds, 2, 1000, "of cross-validation (default 5)");
  options.choice("--robust", {"HC0", "HC1", "HC2", "HC3"}, settings.robust,
                 "standard errors that do not suppose one variance of all errors");
  options.flag("--vif", settings.vif, "variance inflation factor of each term");
  settings.declare(options);
  const GlobalOptions global = options.parse();
  require_compatible(settings, global);
  if (settings.folds) settings.penalty.folds = *settings.folds;
  return global;
}

RegressionRequest request_of(const Settings& settings, const GlobalOptions& global) {
  RegressionRequest request{.family = stats::parse_response_family(settings.family),
                            .penalty = settings.penalty,
                            .vif = settings.vif,
                            .path = global.plot,
                            .seed = global.seed,
                            .memory = global.memory,
                            .stop = run_control(global, "fitting").stop};
  if (!settings.robust.empty()) request.robust = stats::parse_robust_kind(settings.robust);
  return request;
}

/// Bytes of rows to keep: none where one pass is the rule.
std::int64_t kept_bytes(const stats::ModelFrame& frame, const RegressionRequest& request,
                        const GlobalOptions& global) {
  const bool once = request.family == stats::ResponseFamily::gaussian && !request.robust &&
                    frame.factors().empty() && !global.plot;
  return once ? 0 : global.memory;
}

std::vector<std::string> hints(const Settings& settings, const GlobalOptions& global) {
  const std::string file = settings.table.path == "-" ? "FILE" : settings.table.path;
  if (!settings.model.empty()) return {settings.apply_hint()};
  if (!global.plot)
    return {fmt::format("mathtool regress '{}' {} --plot   residuals and their quantiles",
                        settings.formula, file)};
  return {};
}

void report_seed(const RegressionRequest& request, Report& report) {
  if (request.penalty.by_cross_validation()) report.seed = request.seed;
}

Exit run_groups(TableInput& input, const stats::ModelFrame& frame, const RegressionRequest& request,
                const Settings& settings, const GlobalOptions& global) {
  std::list<RegressionFit> fits;
  return report_grouped_fits("regress", input, settings.table, global,
                             [&](ModelRows& rows, Report& part) {
                               fits.push_back(fit_regression(frame, rows, request));
                               report_regression(fits.back(), part);
                               report_seed(request, part);
                             });
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const RegressionRequest request = request_of(settings, global);
  const stats::Formula formula = stats::parse_formula(settings.formula);

  TableInput input = open_table(settings.table, global, false);
  const std::vector<stats::FormulaColumn> columns = formula_columns(input);
  const stats::ModelFrame frame(formula, columns);
  use_columns_of(frame, input);
  if (!input.groups.empty()) return run_groups(input, frame, request, settings, global);

  input.reader.expect_another_pass();
  ModelRows rows(input, kept_bytes(frame, request, global), run_control(global, "reading"));
  const auto fit = [&] {
    try {
      return fit_regression(frame, rows, request);
    } catch (const InsufficientDataError& error) {
      throw about_table(error, input, settings.table, rows.count());
    }
  }();
  Report report{.command = "regress"};
  report_input(input, settings.table, rows.count(), report, rows.missing_texts());
  report_seed(request, report);
  report_regression(fit, report);
  ResidualSample sample;
  if (global.plot) sample = sample_residuals(fit, rows);
  report.figure = [&] { return regression_figure(fit, sample); };
  report.hints = hints(settings, global);

  StagedFiles files;
  if (!settings.model.empty())
    files.write(settings.model, stats::to_json(fit.model(named_columns(frame, columns))));
  if (!settings.diagnostics.empty())
    files.add(
        write_diagnostics(settings.diagnostics, input, fit, run_control(global, "diagnostics")));
  render(report, global, std::move(files));
  return exit_of(report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool regress 'Petal.Width ~ Petal.Length' iris.csv      a line by least squares
  mathtool regress 'Sepal.Length ~ .' iris.csv --vif          every other column; Species is a factor
  mathtool regress 'log(y) ~ poly(x, 3) + g*z' data.csv       powers, a factor and its interaction
  mathtool regress 'y ~ . - id' data.csv --robust HC3 --plot  robust standard errors; residuals
  mathtool regress 'y ~ .' data.csv --lasso cv --seed 1       a penalty by cross-validation
  mathtool regress 'spam ~ .' mails.csv --family binomial     logistic regression
  mathtool regress 'y ~ x' data.csv --save m.json && mathtool apply m.json new.csv --interval 0.95

Formulas: + joins terms, - takes one away, - 1 the intercept; a:b is an interaction, a*b is a + b +
a:b; . is every other column; a column of text, or C(g), is a factor whose first level is the base;
poly(x, 3) are x, x^2 and x^3; any other expression is a term. Arithmetic with + - * stands in
parentheses: (a*b).

Rows that lack a value are left out; --weights says how often each row counts. Few rows are
factorised in doubled precision; many are read once, in memory for p x p numbers (p coefficients).

Penalties minimise RSS/(2n) + L1 |b| + L2/2 b^2 over columns divided by their standard deviations.
)";

}  // namespace

extern const Command regress;
const Command regress{.name = "regress",
                      .summary = "linear, logistic and Poisson regression by a formula",
                      .operands = "FORMULA [FILE]",
                      .help = explanation,
                      .run = run,
                      .draws = true};

}  // namespace mathtool::cli
