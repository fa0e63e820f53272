#include <fmt/core.h>

#include <list>
#include <string_view>

#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/fit/curve_diagnostics.hpp"
#include "cli/fit/curve_figure.hpp"
#include "cli/fit/curve_fit.hpp"
#include "cli/fit/curve_model.hpp"
#include "cli/fit/curve_report.hpp"
#include "cli/grouped_report.hpp"
#include "cli/input_report.hpp"
#include "cli/progress_bar.hpp"
#include "cli/regress/grouped_fits.hpp"
#include "cli/regress/model_input.hpp"
#include "cli/regress/model_options.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/special_functions.hpp"

namespace mathtool::cli {
namespace {

struct Settings : ModelOptions {
  std::string formula, loss = "linear", loss_scale, level;
  std::vector<std::string> start, bounds;
  std::optional<int> max_iterations;
};

void require_compatible(const Settings& settings, const GlobalOptions& global) {
  require(settings.table.columns.empty(),
          "the formula names the columns of a fit: leave --columns out");
  require(settings.loss != "linear" || settings.loss_scale.empty(),
          "--loss-scale is about robust losses; name one with --loss");
  settings.check(global, "fit", "curve");
}

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("FORMULA", settings.formula, true, "the model: 'y ~ a*exp(-b*x)'");
  options.list("--start", "NAME=VALUE,...", settings.start,
               "where each parameter begins; can be given several times");
  options.list("--bounds", "NAME=LOW:HIGH,...", settings.bounds,
               "between which a parameter stays; an empty side is unbounded");
  std::vector<std::string> losses(opt::loss_names().begin(), opt::loss_names().end());
  options.choice("--loss", std::move(losses), settings.loss,
                 "what a residual costs: all but linear count large ones less");
  options.value("--loss-scale", "C", settings.loss_scale,
                "from which size on residuals are large (default 1)");
  options.value("--level", "P", settings.level, "of the confidence intervals (default 0.95)");
  options.value("--max-iterations", "N", settings.max_iterations, 1, 1'000'000,
                "of each descent (default 1000)");
  settings.declare(options);
  const GlobalOptions global = options.parse();
  require_compatible(settings, global);
  return global;
}

CurveRequest request_of(const Settings& settings, const GlobalOptions& global) {
  CurveRequest request{.loss = opt::parse_loss(settings.loss),
                       .max_iterations = settings.max_iterations.value_or(1000),
                       .run = run_control(global, "fitting")};
  request.run.progress = {};
  request.start = named_values(settings.start, "--start");
  request.bounds = named_ranges(settings.bounds, "--bounds");
  if (!settings.loss_scale.empty()) {
    request.loss_scale = constant_expression(settings.loss_scale, "--loss-scale");
    require(request.loss_scale > 0 && request.loss_scale < std::numeric_limits<double>::infinity(),
            "--loss-scale must be > 0, got {}", settings.loss_scale);
  }
  if (!settings.level.empty()) {
    request.level = constant_expression(settings.level, "--level");
    require(0 < request.level && request.level < 1, "--level must be in (0, 1), got {}",
            settings.level);
  }
  return request;
}

std::vector<std::string> hints(const Settings& settings, const GlobalOptions& global) {
  if (!settings.model.empty()) return {settings.apply_hint()};
  if (!global.plot) return {"--plot draws the curve and its residuals"};
  return {};
}

Exit run_groups(TableInput& input, const FitFormula& formula, const opt::ParametricModel& model,
                const CurveReader& reader, const CurveRequest& request, const Settings& settings,
                const GlobalOptions& global) {
  std::list<CurveFit> fits;
  return report_grouped_fits(
      "fit", input, settings.table, global, [&](ModelRows& rows, Report& part) {
        fits.push_back(
            fit_curve(formula, model, gather_curve_rows(reader, rows, global.memory), request));
        report_curve(fits.back(), part);
      });
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const CurveRequest request = request_of(settings, global);
  const FitFormula formula = parse_fit_formula(settings.formula);

  TableInput input = open_table(settings.table, global, false);
  std::vector<std::string> started;
  for (const NamedValue& value : request.start) started.push_back(value.name);
  const FitNames names = resolve_names(formula, input, started);
  // What they refuse needs no reading.
  (void)start_values(names.parameters, request, input.reader.schema().names());
  (void)parameter_box(names.parameters, request);
  const opt::ParametricModel model(formula.model, names.model_columns, names.parameters,
                                   math::special_functions());
  const CurveReader reader(formula, names);
  use_columns(names.columns, {}, input);
  if (!input.groups.empty())
    return run_groups(input, formula, model, reader, request, settings, global);

  if (!settings.diagnostics.empty()) input.reader.expect_another_pass();
  ModelRows table(input, 0, run_control(global, "reading"));
  CurveRows rows;
  const CurveFit fit = [&] {
    try {
      rows = gather_curve_rows(reader, table, global.memory);
      return fit_curve(formula, model, rows, request);
    } catch (const InsufficientDataError& error) {
      throw about_table(error, input, settings.table, table.count());
    }
  }();
  Report report{.command = "fit"};
  report_input(input, settings.table, table.count(), report);
  report_curve(fit, report);
  report.figure = [&] { return curve_figure(fit, rows); };
  report.hints = hints(settings, global);

  StagedFiles files;
  if (!settings.model.empty()) files.write(settings.model, to_json(curve_model(fit)));
  if (!settings.diagnostics.empty())
    files.add(write_curve_diagnostics(settings.diagnostics, input, reader, fit,
                                      run_control(global, "diagnostics")));
  render(report, global, std::move(files));
  return exit_of(report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool fit 'y ~ a*(1 - exp(-b*x))' data.csv --start a=100,b=0.1
  mathtool fit 'log(y) ~ a - b*t' data.csv --start a=1,b=1 --plot      the curve and its residuals
  mathtool fit 'y ~ a/(1 + exp(b - c*x))' data.csv --start a=70,b=2,c=0.1 --bounds a=0:,c=0:1
  mathtool fit 'y ~ a*x^b' data.csv --start a=1,b=1 --loss soft_l1 --loss-scale 0.5   outliers count less
  mathtool fit 'y ~ a*exp(-b*x)' data.csv --start a=1,b=1 -g sample    one fit for each sample
  mathtool fit 'y ~ a*exp(-b*x)' data.csv --start a=1,b=1 --save m.json
  mathtool apply m.json new.csv --interval 0.95                        predictions with intervals

Names that are columns stand for their values; all others are parameters, and each needs a start: a
guess of the right size is mostly enough. `*` multiplies, and functions are those of 'mathtool calc'.
The sum of squared residuals is minimised by Levenberg and Marquardt's method with exact
derivatives. Where the end is doubtful it is looked for again from the same start with other steps.

std_error, p_value and the interval are those of the linear model that touches the curve at the
estimates. --weights says how often each row counts. Rows that lack a value are left out.
)";

}  // namespace

extern const Command fit;
const Command fit{.name = "fit",
                  .summary = "a curve of your own, by nonlinear least squares",
                  .operands = "FORMULA [FILE]",
                  .help = explanation,
                  .run = run,
                  .draws = true};

}  // namespace mathtool::cli
