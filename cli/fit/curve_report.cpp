#include "cli/fit/curve_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/render/json.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/stats/distributions/student_t.hpp"

namespace mathtool::cli {
namespace {

/// One parameter as it is shown.
struct ParameterRow {
  std::string name;
  double estimate = not_a_number, std_error = not_a_number, statistic = not_a_number,
         p_value = not_a_number, low = not_a_number, high = not_a_number;
};

std::vector<ParameterRow> parameter_rows(const CurveFit& fit) {
  const double factor = fit.t_quantile(), df = fit.fit.degrees_of_freedom;
  std::vector<ParameterRow> rows;
  for (Index j = 0; j < fit.fit.x.size(); ++j) {
    ParameterRow row{.name = fit.parameters()[static_cast<std::size_t>(j)],
                     .estimate = fit.fit.x[j],
                     .std_error = fit.fit.standard_errors[j]};
    row.statistic = row.estimate / row.std_error;
    row.low = row.estimate - factor * row.std_error;
    row.high = row.estimate + factor * row.std_error;
    const double size = std::abs(row.statistic);
    if (df > 0 && !std::isnan(size))
      row.p_value = std::isinf(size) ? 0.0 : std::min(1.0, 2 * survival(stats::StudentT(df), size));
    rows.push_back(std::move(row));
  }
  return rows;
}

Table parameter_table(std::vector<ParameterRow> rows, const std::string& statistic) {
  return {.columns = {"name", "estimate", "std_error", statistic, "p_value", "ci_low", "ci_high"},
          .rows = std::ssize(rows),
          .cell = [rows = std::move(rows)](Index i, Index column) -> Cell {
            const ParameterRow& row = rows[static_cast<std::size_t>(i)];
            switch (column) {
              case 0: return row.name;
              case 1: return row.estimate;
              case 2: return row.std_error;
              case 3: return row.statistic;
              case 4: return row.p_value;
              case 5: return row.low;
              default: return row.high;
            }
          }};
}

std::string loss_text(const CurveRequest& request) {
  if (request.loss == opt::Loss::linear) return "least squares";
  return fmt::format("{} loss beyond residuals of {:.6g}", to_string(request.loss),
                     request.loss_scale);
}

std::string curve_heading(const CurveFit& fit) {
  return fmt::format("{}\n{} rows; {} by Levenberg and Marquardt", fit.formula->text,
                     fmt::format("{}", fit.observations), loss_text(fit.request));
}

std::string curve_summary(const CurveFit& fit) {
  const opt::NonlinearFit& result = fit.fit;
  if (std::isnan(result.rss)) return "no sum of squares: " + result.reason;
  std::string text = fmt::format("rss {:.6g}", result.rss);
  if (result.degrees_of_freedom > 0)
    text = fmt::format("residual sd {:.5g} on {} degrees of freedom, {}", result.residual_sd,
                       fmt::format("{}", result.degrees_of_freedom), text);
  if (fit.request.loss != opt::Loss::linear) text += fmt::format(", cost {:.6g}", result.cost);
  return text +
         fmt::format("\n{} iterations, {} evaluations", result.iterations, result.evaluations);
}

Json curve_json(const CurveFit& fit) {
  const opt::NonlinearFit& result = fit.fit;
  Json parameters = Json::array();
  for (const ParameterRow& row : parameter_rows(fit))
    parameters.push_back({{"name", row.name},
                          {"estimate", row.estimate},
                          {"std_error", row.std_error},
                          {"statistic", row.statistic},
                          {"p_value", row.p_value},
                          {"ci_low", row.low},
                          {"ci_high", row.high}});
  const auto names_of = [&](const std::vector<Index>& places) {
    Json names = Json::array();
    for (const Index j : places) names.push_back(fit.parameters()[static_cast<std::size_t>(j)]);
    return names;
  };
  Json json{{"formula", fit.formula->text},
            {"observations", whole_or_real(fit.observations)},
            {"parameters", std::move(parameters)},
            {"rss", result.rss},
            {"residual_sd", result.residual_sd},
            {"df_residual", whole_or_real(std::max(result.degrees_of_freedom, 0.0))},
            {"iterations", result.iterations},
            {"evaluations", result.evaluations},
            {"level", fit.request.level},
            {"covariance", rows_to_json(result.covariance)},
            {"at_bound", names_of(result.at_bound)},
            {"undetermined", names_of(result.undetermined)}};
  if (fit.request.loss != opt::Loss::linear) {
    json["loss"] = to_string(fit.request.loss);
    json["loss_scale"] = fit.request.loss_scale;
    json["cost"] = result.cost;
  }
  return json;
}

}  // namespace

void report_curve(const CurveFit& fit, Report& report) {
  report.notes.insert(report.notes.end(), fit.formula->notes.begin(), fit.formula->notes.end());
  report.notes.insert(report.notes.end(), fit.notes.begin(), fit.notes.end());
  report.main = parameter_table(parameter_rows(fit), "statistic");
  report.screen = {Paragraph{curve_heading(fit)}, parameter_table(parameter_rows(fit), "t"),
                   Paragraph{curve_summary(fit)}};
  report.result = [&fit] { return curve_json(fit); };
  report.decisions.push_back(fmt::format("ended: {}", fit.fit.reason));
  report.status = fit.fit.status;
  report.reason = fit.fit.reason;
  if (fit.fit.status != Status::converged) report.notes.push_back(report.reason);
}

}  // namespace mathtool::cli
