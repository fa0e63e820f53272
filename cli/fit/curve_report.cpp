#include "cli/fit/curve_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/regress/coefficient_table.hpp"
#include "cli/render/json.hpp"

namespace mathtool::cli {
namespace {

std::vector<CoefficientRow> parameter_rows(const CurveFit& fit) {
  std::vector<CoefficientRow> rows;
  for (Index j = 0; j < fit.fit.x.size(); ++j) {
    CoefficientRow row =
        coefficient_row(fit.parameters()[static_cast<std::size_t>(j)], fit.fit.x[j],
                        fit.fit.standard_errors[j], fit.t_quantile());
    row.p_value = two_sided_t(row.statistic, fit.fit.degrees_of_freedom);
    rows.push_back(std::move(row));
  }
  return rows;
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
  const auto names_of = [&](const std::vector<Index>& places) {
    Json names = Json::array();
    for (const Index j : places) names.push_back(fit.parameters()[static_cast<std::size_t>(j)]);
    return names;
  };
  Json json{{"formula", fit.formula->text},
            {"observations", whole_or_real(fit.observations)},
            {"parameters", coefficients_json(parameter_rows(fit))},
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
  report.main = coefficient_table(parameter_rows(fit), "statistic");
  report.screen = {Paragraph{curve_heading(fit)}, coefficient_table(parameter_rows(fit), "t"),
                   Paragraph{curve_summary(fit)}};
  report.result = [&fit] { return curve_json(fit); };
  report.decisions.push_back(fmt::format("ended: {}", fit.fit.reason));
  report.status = fit.fit.status;
  report.reason = fit.fit.reason;
  if (fit.fit.status != Status::converged) report.notes.push_back(report.reason);
}

}  // namespace mathtool::cli
