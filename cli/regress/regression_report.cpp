#include "cli/regress/regression_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/regress/coefficient_table.hpp"
#include "cli/render/json.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/stats/distributions/f.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/distributions/student_t.hpp"

namespace mathtool::cli {
namespace {

using stats::ResponseFamily;

constexpr double confidence = 0.95;

std::vector<CoefficientRow> coefficient_rows(const RegressionFit& fit) {
  const std::vector<Index> aliased = fit.aliased();
  const bool by_t = fit.linear.has_value();
  const double df = fit.df_residual();
  double factor = not_a_number;
  if (by_t && df > 0) factor = quantile_survival(stats::StudentT(df), (1 - confidence) / 2);
  if (fit.generalized) factor = quantile_survival(stats::Normal(0, 1), (1 - confidence) / 2);
  std::vector<CoefficientRow> rows;
  for (Index j = 0; j < fit.coefficients().size(); ++j) {
    if (std::find(aliased.begin(), aliased.end(), j) != aliased.end()) continue;
    const double error = fit.standard_errors.size() > 0 ? fit.standard_errors[j] : not_a_number;
    CoefficientRow row = coefficient_row(fit.design.names()[static_cast<std::size_t>(j)],
                                         fit.coefficients()[j], error, factor);
    if (fit.generalized)
      row.p_value = std::min(1.0, 2 * survival(stats::Normal(0, 1), std::abs(row.statistic)));
    else
      row.p_value = two_sided_t(row.statistic, df);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string count_text(double n) { return fmt::format("{}", n); }

std::string heading(const RegressionFit& fit) {
  std::string how = fit.method;
  if (fit.family != ResponseFamily::gaussian)
    how = fmt::format("{}, {}", to_string(fit.family), how);
  if (fit.robust) how += fmt::format("; {} standard errors", to_string(*fit.robust));
  std::string text = fmt::format("{}\n{} rows; {}", fit.design.frame().formula(),
                                 count_text(fit.observations()), how);
  const std::vector<std::string>& levels = fit.design.response_levels();
  if (levels.size() == 2)
    text += fmt::format("\nsuccess is '{}', failure '{}'", levels[1], levels[0]);
  return text;
}

double f_p_value(const RegressionFit& fit) {
  const stats::LinearRegression& linear = *fit.linear;
  if (!fit.robust) return linear.f_p_value;
  if (!(fit.f_statistic >= 0)) return not_a_number;
  return survival(stats::F(linear.f_df, linear.df_residual), fit.f_statistic);
}

std::string summary(const RegressionFit& fit) {
  if (fit.linear) {
    const stats::LinearRegression& linear = *fit.linear;
    std::string text =
        fmt::format("residual sd {:.5g} on {} degrees of freedom, R2 {:.5g}", linear.residual_sd,
                    count_text(linear.df_residual), linear.r_squared);
    if (linear.df_residual > 0) text += fmt::format(", adjusted {:.5g}", linear.adj_r_squared);
    if (!std::isnan(fit.f_statistic))
      text += fmt::format("\nF {:.5g} on {} and {} degrees of freedom, p {:.3g}{}", fit.f_statistic,
                          count_text(linear.f_df), count_text(linear.df_residual), f_p_value(fit),
                          fit.robust ? " (Wald, robust)" : "");
    return text + fmt::format("\nAIC {:.6g}, BIC {:.6g}", linear.aic, linear.bic);
  }
  if (fit.generalized) {
    const stats::GeneralizedRegression& model = *fit.generalized;
    const double null_df = model.observations - (model.predictor.intercept ? 1 : 0);
    return fmt::format(
        "deviance {:.6g} on {} degrees of freedom, of the {} {:.6g} on {}\nAIC {:.6g}, BIC {:.6g}; "
        "{} steps",
        model.deviance, count_text(model.df_residual),
        model.predictor.intercept ? "mean alone" : "empty model", model.null_deviance,
        count_text(null_df), model.aic, model.bic, model.iterations);
  }
  const stats::PenalizedRegression& model = *fit.penalized;
  std::string text = fmt::format(
      "penalty L1 {:.6g}, L2 {:.6g}: {} coefficients are not 0, worth {:.4g} degrees of freedom\n"
      "R2 {:.5g}, residual sd {:.5g}",
      model.penalty.l1, model.penalty.l2, model.nonzero, model.df, model.r_squared,
      fit.residual_sd());
  if (fit.validation) {
    const stats::CrossValidation& cv = *fit.validation;
    text += fmt::format("\nmean squared error in cross-validation {:.5g}, standard error {:.3g}",
                        cv.error[cv.best], cv.std_error[cv.best]);
  }
  return text;
}

Table vif_table(const RegressionFit& fit) {
  return {.title = "Variance inflation",
          .columns = {"term", "df", "vif"},
          .rows = std::ssize(fit.vif),
          .cell = [&fit](Index i, Index column) -> Cell {
            const stats::VarianceInflation& entry = fit.vif[static_cast<std::size_t>(i)];
            const auto& frame = fit.design.frame();
            switch (column) {
              case 0: return frame.label(frame.terms()[static_cast<std::size_t>(entry.term)]);
              case 1: return std::int64_t{entry.df};
              default: return entry.value;
            }
          }};
}

Json aliased_json(const RegressionFit& fit) {
  Json names = Json::array();
  for (const Index j : fit.aliased())
    names.push_back(fit.design.names()[static_cast<std::size_t>(j)]);
  return names;
}

void add_penalty(const RegressionFit& fit, Json& result) {
  const stats::PenalizedRegression& model = *fit.penalized;
  result["penalty"] = {{"l1", model.penalty.l1},       {"l2", model.penalty.l2},
                       {"nonzero", model.nonzero},     {"df", model.df},
                       {"objective", model.objective}, {"violation", model.violation}};
  if (fit.validation) {
    Json errors = Json::array();
    const stats::CrossValidation& cv = *fit.validation;
    for (std::size_t k = 0; k < cv.penalties.size(); ++k)
      errors.push_back({{"l1", cv.penalties[k].l1},
                        {"l2", cv.penalties[k].l2},
                        {"error", cv.error[static_cast<Index>(k)]},
                        {"std_error", cv.std_error[static_cast<Index>(k)]}});
    result["cross_validation"] = {{"best", cv.best}, {"penalties", std::move(errors)}};
  }
  if (!fit.path.empty()) {
    Json path = Json::array();
    for (const stats::PenalizedRegression& step : fit.path)
      path.push_back({{"l1", step.penalty.l1},
                      {"l2", step.penalty.l2},
                      {"coefficients", to_json(step.coefficients)}});
    result["path"] = {{"names", fit.design.names()}, {"fits", std::move(path)}};
  }
}

Json result_json(const RegressionFit& fit) {
  Json result{{"formula", fit.design.frame().formula()},
              {"family", to_string(fit.family)},
              {"observations", whole_or_real(fit.observations())},
              {"coefficients", coefficients_json(coefficient_rows(fit))}};
  if (fit.linear) {
    const stats::LinearRegression& linear = *fit.linear;
    result.update({{"r_squared", linear.r_squared},
                   {"adj_r_squared", linear.adj_r_squared},
                   {"residual_sd", linear.residual_sd},
                   {"df_residual", whole_or_real(linear.df_residual)},
                   {"f_statistic", fit.f_statistic},
                   {"f_df", whole_or_real(linear.f_df)},
                   {"f_p_value", f_p_value(fit)},
                   {"rss", linear.rss},
                   {"log_likelihood", linear.log_likelihood},
                   {"aic", linear.aic},
                   {"bic", linear.bic}});
    if (fit.robust) result["robust"] = to_string(*fit.robust);
  } else if (fit.generalized) {
    const stats::GeneralizedRegression& model = *fit.generalized;
    if (const auto& levels = fit.design.response_levels(); levels.size() == 2)
      result["success"] = levels[1];
    result.update({{"df_residual", whole_or_real(model.df_residual)},
                   {"deviance", model.deviance},
                   {"null_deviance", model.null_deviance},
                   {"log_likelihood", model.log_likelihood},
                   {"aic", model.aic},
                   {"bic", model.bic},
                   {"iterations", model.iterations}});
  } else {
    const stats::PenalizedRegression& model = *fit.penalized;
    result.update({{"r_squared", model.r_squared},
                   {"residual_sd", fit.residual_sd()},
                   {"df_residual", fit.df_residual()},
                   {"rss", model.rss}});
    add_penalty(fit, result);
  }
  result["aliased"] = aliased_json(fit);
  if (!fit.vif.empty()) {
    Json vif = Json::array();
    const auto& frame = fit.design.frame();
    for (const stats::VarianceInflation& entry : fit.vif)
      vif.push_back({{"term", frame.label(frame.terms()[static_cast<std::size_t>(entry.term)])},
                     {"df", entry.df},
                     {"vif", entry.value}});
    result["vif"] = std::move(vif);
  }
  result["method"] = fit.method;
  return result;
}

}  // namespace

void report_regression(const RegressionFit& fit, Report& report) {
  report.notes.insert(report.notes.end(), fit.notes.begin(), fit.notes.end());
  const bool bare = fit.penalized.has_value();
  report.main = coefficient_table(coefficient_rows(fit), "statistic", bare);
  report.screen = {Paragraph{heading(fit)},
                   coefficient_table(coefficient_rows(fit), fit.linear ? "t" : "z", bare),
                   Paragraph{summary(fit)}};
  if (!fit.vif.empty()) report.screen.emplace_back(vif_table(fit));
  report.result = [&fit] { return result_json(fit); };
  report.decisions.push_back(fmt::format("method: {}", fit.method));
  report.status = fit.status();
  report.reason = fit.reason();
  if (fit.status() != Status::converged) report.notes.push_back(report.reason);
}

}  // namespace mathtool::cli
