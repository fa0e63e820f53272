#include "cli/regress/regression_figure.hpp"

#include <algorithm>
#include <cmath>

#include "cli/regress/gathered_sums.hpp"
#include "cli/regress/residual_panel.hpp"
#include "cli/regress/row_diagnostics.hpp"
#include "mathtool/stats/distributions/normal.hpp"

namespace mathtool::cli {
namespace {

constexpr std::int64_t most_sampled = 2000;
constexpr std::size_t most_paths = 12;  ///< coefficients that a path shows, the largest in the end

Panel quantile_panel(const ResidualSample& sample) {
  std::vector<double> sorted;
  for (const double z : sample.standardized)
    if (std::isfinite(z)) sorted.push_back(z);
  std::sort(sorted.begin(), sorted.end());
  Series points{.mark = Mark::points};
  Series diagonal{.mark = Mark::line};
  const auto n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    points.x.push_back(stats::quantile(stats::Normal(0, 1), (static_cast<double>(i) + 0.5) / n));
    points.y.push_back(sorted[i]);
  }
  if (!sorted.empty()) {
    diagonal.x = {points.x.front(), points.x.back()};
    diagonal.y = diagonal.x;
  }
  return {.title = "Q-Q",
          .x_label = "quantiles of the normal",
          .y_label = "standardised residual",
          .series = {std::move(points), std::move(diagonal)}};
}

double penalty_size(const stats::Penalty& penalty) {
  return std::log10(penalty.l1 > 0 ? penalty.l1 : penalty.l2);
}

Panel path_panel(const RegressionFit& fit) {
  const Index first = fit.design.intercept() ? 1 : 0;
  std::vector<Index> order;
  for (Index j = first; j < fit.design.columns(); ++j) order.push_back(j);
  const auto largest = [&](Index j) {
    double size = 0;
    for (const auto& step : fit.path) size = std::max(size, std::abs(step.coefficients[j]));
    return size;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return largest(a) > largest(b); });
  order.resize(std::min(order.size(), most_paths));
  Panel panel{.title = "coefficients", .x_label = "log10 of the penalty", .y_label = "coefficient"};
  for (const Index j : order) {
    Series line{.name = fit.design.names()[static_cast<std::size_t>(j)], .mark = Mark::line};
    for (const auto& step : fit.path) {
      line.x.push_back(penalty_size(step.penalty));
      line.y.push_back(step.coefficients[j]);
    }
    panel.series.push_back(std::move(line));
  }
  return panel;
}

Panel validation_panel(const RegressionFit& fit) {
  const stats::CrossValidation& cv = *fit.validation;
  Series line{.mark = Mark::line_points};
  const stats::Penalty& best = cv.penalties[static_cast<std::size_t>(cv.best)];
  for (std::size_t k = 0; k < cv.penalties.size(); ++k) {
    if (best.l1 > 0 && cv.penalties[k].l2 != best.l2) continue;
    line.x.push_back(penalty_size(cv.penalties[k]));
    line.y.push_back(cv.error[static_cast<Index>(k)]);
  }
  return {.title = "cross-validation",
          .x_label = "log10 of the penalty",
          .y_label = "mean squared error",
          .series = {std::move(line)}};
}

}  // namespace

ResidualSample sample_residuals(const RegressionFit& fit, ModelRows& rows) {
  const auto stride = std::max<std::int64_t>(
      1, (static_cast<std::int64_t>(fit.observations()) + most_sampled - 1) / most_sampled);
  ResidualSample sample;
  std::int64_t next = 0;
  rows.pass(
      [&](const TableRows& block) {
        return diagnose_rows(fit, evaluate_rows(fit.design, block).rows);
      },
      [&](std::vector<RowDiagnosis>&& part) {
        for (const RowDiagnosis& row : part) {
          if (next++ % stride != 0) continue;
          sample.fitted.push_back(row.fitted);
          sample.residual.push_back(row.residual);
          sample.standardized.push_back(row.standardized);
        }
      });
  return sample;
}

Figure regression_figure(const RegressionFit& fit, const ResidualSample& sample) {
  Figure figure;
  if (!fit.path.empty()) figure.panels.push_back(path_panel(fit));
  if (fit.validation) figure.panels.push_back(validation_panel(fit));
  figure.panels.push_back(residual_panel(sample.fitted, sample.residual));
  figure.panels.push_back(quantile_panel(sample));
  if (static_cast<double>(sample.fitted.size()) < fit.observations())
    figure.notes.emplace_back("residuals of about 2000 rows, evenly spaced, are drawn");
  return figure;
}

}  // namespace mathtool::cli
