#include "cli/fit/curve_figure.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/regress/residual_panel.hpp"

namespace mathtool::cli {
namespace {

constexpr Index most_points = 2000, curve_points = 400;

Panel data_panel(const CurveFit& fit, const CurveRows& rows, Index stride) {
  const std::vector<double>& x = rows.columns.front();
  Series points{.name = "data", .mark = Mark::points}, curve{.name = "fit", .mark = Mark::line};
  for (Index i = 0; i < rows.rows(); i += stride) {
    points.x.push_back(x[static_cast<std::size_t>(i)]);
    points.y.push_back(rows.y[static_cast<std::size_t>(i)]);
  }
  const auto [low, high] = std::ranges::minmax(x);
  const Vec grid = Vec::LinSpaced(curve_points, low, high);
  Vec values(curve_points);
  const math::NumberColumn column{grid.data(), 1};
  fit.model->evaluate({&column, 1}, fit.fit.x, values, nullptr);
  for (Index k = 0; k < curve_points; ++k) {
    if (!std::isfinite(values[k])) continue;
    curve.x.push_back(grid[k]);
    curve.y.push_back(values[k]);
  }
  return {.title = "fit",
          .x_label = fit.model->columns().front(),
          .y_label = fit.formula->response_text,
          .series = {std::move(points), std::move(curve)}};
}

Panel residuals_of(const CurveFit& fit, const CurveRows& rows, Index stride) {
  Vec values(rows.rows());
  fit.model->evaluate(rows.views(), fit.fit.x, values, nullptr);
  std::vector<double> fitted, residuals;
  for (Index i = 0; i < rows.rows(); i += stride) {
    if (!std::isfinite(values[i])) continue;
    fitted.push_back(values[i]);
    residuals.push_back(rows.y[static_cast<std::size_t>(i)] - values[i]);
  }
  return residual_panel(std::move(fitted), std::move(residuals));
}

}  // namespace

Figure curve_figure(const CurveFit& fit, const CurveRows& rows) {
  const Index stride = std::max<Index>(1, (rows.rows() + most_points - 1) / most_points);
  Figure figure;
  if (fit.model->columns().size() == 1) figure.panels.push_back(data_panel(fit, rows, stride));
  figure.panels.push_back(residuals_of(fit, rows, stride));
  if (stride > 1) figure.notes.emplace_back("about 2000 rows, evenly spaced, are drawn");
  return figure;
}

}  // namespace mathtool::cli
