#include "cli/minimize/minimization_figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/minimize/contour_lines.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::cli {
namespace {

/// What the paths cover in one coordinate, with a quarter around; cut at the bounds.
Limits range_of(const std::vector<MinimizationRun>& runs, const opt::Box& box, Index i) {
  double low = infinity, high = -infinity;
  for (const MinimizationRun& run : runs)
    for (const PathPoint& point : run.path) {
      low = std::min(low, point.x[i]);
      high = std::max(high, point.x[i]);
    }
  const double around = high > low ? 0.25 * (high - low) : std::max(1.0, std::abs(low));
  low -= around, high += around;
  if (!box.unbounded()) low = std::max(low, box.low[i]), high = std::min(high, box.high[i]);
  return high > low ? Limits{low, high} : Limits{low - 1, low + 1};
}

/// A method that ran away must not set the scale for the others.
std::vector<MinimizationRun> that_stayed(const std::vector<MinimizationRun>& runs) {
  std::vector<MinimizationRun> near;
  for (const MinimizationRun& run : runs) {
    const double start = run.path.empty() ? 0 : run.path.front().x.lpNorm<Eigen::Infinity>();
    const bool far = std::any_of(run.path.begin(), run.path.end(), [&](const PathPoint& point) {
      return !(point.x.lpNorm<Eigen::Infinity>() <= 1e3 * std::max(1.0, start));
    });
    if (!far && !run.path.empty()) near.push_back(run);
  }
  return near;
}

/// The first hundred points, then ever fewer, so that a picture holds a few hundred; and the last.
std::vector<PathPoint> thinned(const std::vector<PathPoint>& path) {
  std::vector<PathPoint> points;
  for (std::size_t i = 0; i < path.size(); i += 1 + i / 100) points.push_back(path[i]);
  if (points.back().iteration != path.back().iteration) points.push_back(path.back());
  return points;
}

Panel curve_panel(const MinimizationProblem& problem, const std::vector<MinimizationRun>& runs) {
  const auto [low, high] = range_of(runs, problem.box(), 0);
  Panel panel{.title = "path", .x_label = problem.variables()[0], .y_label = "f"};
  Series curve{.name = "f"};
  Vec x(1), slope(1);
  for (int i = 0; i <= 200; ++i) {
    x[0] = low + (high - low) * i / 200;
    curve.x.push_back(x[0]);
    curve.y.push_back(problem.objective()(x, slope));
  }
  panel.series.push_back(std::move(curve));
  for (const MinimizationRun& run : runs) {
    Series path{.name = run.method, .mark = Mark::points};
    for (const PathPoint& point : thinned(run.path))
      path.x.push_back(point.x[0]), path.y.push_back(point.value);
    panel.series.push_back(std::move(path));
  }
  return panel;
}

Panel map_panel(const MinimizationProblem& problem, const std::vector<MinimizationRun>& runs) {
  const Limits x_range = range_of(runs, problem.box(), 0),
               y_range = range_of(runs, problem.box(), 1);
  Vec x(2), slope(2);
  const auto f = [&](double a, double b) {
    x << a, b;
    return problem.objective()(x, slope);
  };
  Panel panel{.title = "path",
              .x_label = problem.variables()[0],
              .y_label = problem.variables()[1],
              .series = {contour_lines(f, x_range, y_range)}};
  for (const MinimizationRun& run : runs) {
    Series path{.name = run.method, .mark = Mark::line_points};
    for (const PathPoint& point : thinned(run.path))
      path.x.push_back(point.x[0]), path.y.push_back(point.x[1]);
    panel.series.push_back(std::move(path));
  }
  return panel;
}

/// How far above the lowest value, in powers of ten: by iterations, or by what several methods have
/// in common, evaluations, in powers of ten too.
Panel convergence_panel(const std::vector<MinimizationRun>& runs) {
  const bool one = runs.size() == 1;
  double lowest = infinity;
  for (const MinimizationRun& run : runs) lowest = std::min(lowest, run.minimum.value);
  Panel panel{.title = "convergence",
              .x_label = one ? "iteration" : "log10 evaluations",
              .y_label = "log10 |f - lowest|"};
  for (const MinimizationRun& run : runs) {
    if (run.path.empty()) continue;
    Series series{.name = run.method};
    for (const PathPoint& point : thinned(run.path)) {
      const double above = std::abs(point.value - lowest);
      if (!(above > 0) || !std::isfinite(above)) continue;
      const auto evaluations = static_cast<double>(std::max<std::int64_t>(1, point.evaluations));
      series.x.push_back(one ? static_cast<double>(point.iteration) : std::log10(evaluations));
      series.y.push_back(std::log10(above));
    }
    if (!series.x.empty()) panel.series.push_back(std::move(series));
  }
  return panel;
}

}  // namespace

Figure minimization_figure(const MinimizationProblem& problem,
                           const std::vector<MinimizationRun>& all) {
  const std::vector<MinimizationRun> runs = that_stayed(all);
  Figure figure;
  if (runs.size() < all.size())
    figure.notes.push_back(fmt::format("the figure leaves {} out, which ran far away",
                                       all.size() == 1 ? all.front().method : "methods"));
  if (runs.empty()) {
    require(!all.empty(), "nothing to draw");
    figure.panels.push_back(convergence_panel(all));
    return figure;
  }
  if (problem.variables().size() == 1) figure.panels.push_back(curve_panel(problem, runs));
  if (problem.variables().size() == 2) figure.panels.push_back(map_panel(problem, runs));
  Panel convergence = convergence_panel(runs);
  if (!convergence.series.empty()) figure.panels.push_back(std::move(convergence));
  return figure;
}

}  // namespace mathtool::cli
