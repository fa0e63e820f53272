#include "mathtool/opt/methods/nelder_mead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

using Simplex = NelderMead::State;

/// f at the simplex coordinates y, ∞ where it is not finite. y is moved into the box.
double value_at(const Simplex& s, Evaluations& f, Vec& y) {
  Vec x = s.x;
  for (std::size_t i = 0; i < s.free.size(); ++i) x[s.free[i]] = y[static_cast<Index>(i)];
  f.box().project(x);
  for (std::size_t i = 0; i < s.free.size(); ++i) y[static_cast<Index>(i)] = x[s.free[i]];
  if (!x.allFinite()) return infinity;
  const double value = f.value(x);
  return std::isnan(value) ? infinity : value;
}

void sort_points(Simplex& s) {
  std::vector<Index> order(static_cast<std::size_t>(s.values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return s.values[a] < s.values[b]; });
  const Mat points = s.points;
  const Vec values = s.values;
  for (Index j = 0; j < values.size(); ++j) {
    s.points.col(j) = points.col(order[static_cast<std::size_t>(j)]);
    s.values[j] = values[order[static_cast<std::size_t>(j)]];
  }
}

/// A simplex with one edge along each axis, from the point `best` of value `value`.
void set_up(Simplex& s, Evaluations& f, const Vec& best, double value, const Vec& edges) {
  const Index n = best.size();
  s.points = best.replicate(1, n + 1);
  s.values = Vec::Constant(n + 1, infinity);
  s.values[0] = value;
  for (Index j = 0; j < n && !f.exhausted(); ++j) {
    Vec y = best;
    y[j] += edges[j];
    const bool unbounded = f.box().unbounded();
    const Index i = s.free[static_cast<std::size_t>(j)];
    if (!unbounded && (y[j] < f.box().low[i] || y[j] > f.box().high[i])) {
      // The other side, or what room there is on the wider one.
      const double up = f.box().high[i] - best[j], down = best[j] - f.box().low[i];
      const double room = std::min(std::abs(edges[j]), std::max(up, down));
      y[j] = best[j] + (up > down ? room : -room);
    }
    s.values[j + 1] = value_at(s, f, y);
    s.points.col(j + 1) = y;
  }
  sort_points(s);
}

struct AxisCheck {
  double promise = 0;  ///< by how much f may fall along the best axis
  Vec edges = {};      ///< of a new simplex
  Vec lowest = {};     ///< the lowest point that was seen
  double value = 0;    ///< f there
};

/// Looks a little up and down each axis from the best point: a parabola through the three values
/// says how far below them f reaches.
AxisCheck look_along_axes(const Simplex& s, Evaluations& f) {
  const Index n = s.points.rows();
  AxisCheck check{0, Vec(n), s.points.col(0), s.values[0]};
  const Vec best = s.points.col(0);
  for (Index j = 0; j < n; ++j) {
    const double distance = 1e-4 * std::max(1e-2, std::abs(best[j]));
    check.edges[j] = 100 * distance;
    Vec up = best, down = best;
    up[j] += distance, down[j] -= distance;
    if (f.exhausted()) return check;
    const double above = value_at(s, f, up);
    if (f.exhausted()) return check;
    const double below = value_at(s, f, down);
    for (const auto& [value, y] : {std::pair(above, &up), std::pair(below, &down)})
      if (value < check.value) check.value = value, check.lowest = *y;
    if (below < above) check.edges[j] = -check.edges[j];
    check.promise = std::max(check.promise, s.values[0] - std::min(above, below));
    if (up[j] == best[j] || down[j] == best[j]) continue;  // at a face there is one side
    const double slope = (above - below) / (up[j] - down[j]);
    const double curvature = (above - 2 * s.values[0] + below) / (distance * distance);
    if (curvature > 0 && std::isfinite(curvature)) {
      check.promise = std::max(check.promise, slope * slope / (2 * curvature));
      const double to_bottom = 2 * std::abs(slope) / curvature;
      check.edges[j] =
          std::copysign(std::max(distance, std::min(to_bottom, 100 * distance)), -slope);
    }
  }
  return check;
}

}  // namespace

NelderMead::State NelderMead::init(const Iterate& start) const {
  return {{}, {}, {}, start.x, start.value};
}

std::optional<Stop> NelderMead::step(State& s, Evaluations& f, Iterate& now) const {
  const auto keep_best = [&] {
    for (std::size_t i = 0; i < s.free.size(); ++i)
      now.x[s.free[i]] = s.points(static_cast<Index>(i), 0);
    now.value = s.values[0];
  };
  if (s.points.size() == 0) {
    for (Index i = 0; i < now.x.size(); ++i)
      if (f.box().unbounded() || f.box().low[i] < f.box().high[i]) s.free.push_back(i);
    if (s.free.empty()) return Stop{Status::converged, "the bounds leave one point only"};
    Vec best(std::ssize(s.free)), edges(std::ssize(s.free));
    for (Index j = 0; j < best.size(); ++j) {
      best[j] = now.x[s.free[static_cast<std::size_t>(j)]];
      edges[j] = best[j] == 0 ? size : size * std::abs(best[j]);
    }
    set_up(s, f, best, now.value, edges);
    keep_best();
    return std::nullopt;
  }

  const Index n = s.points.rows();
  const double extent =
      (s.points.rightCols(n).colwise() - s.points.col(0)).lpNorm<Eigen::Infinity>();
  const double allowed_extent = x_tol * std::max(1.0, s.points.col(0).lpNorm<Eigen::Infinity>());
  const double spread = s.values[n] - s.values[0];
  const double allowed =
      value_tol * std::max(std::abs(s.values[0]), std::abs(s.start_value - s.values[0]));
  // A simplex of one double to the next cannot be told from a point.
  const bool is_point = extent <= 4 * epsilon * s.points.col(0).lpNorm<Eigen::Infinity>();
  if ((extent <= allowed_extent && spread <= allowed) || is_point) {
    const AxisCheck check = look_along_axes(s, f);
    if (f.exhausted()) return std::nullopt;
    // A simplex set up anew that came to the same value settles it too.
    const bool again = s.restarts > 0 && s.restart_value - s.values[0] <= allowed &&
                       check.value >= s.values[0] - allowed;
    if (again || check.promise <= std::max(allowed, 100 * epsilon * std::abs(s.values[0]))) {
      keep_best();
      return Stop{Status::converged,
                  fmt::format("a simplex of size {:.3g} <= {:.3g} with values within {:.3g}; along "
                              "no axis f promises more than {:.3g}",
                              extent, allowed_extent, spread, check.promise)};
    }
    if (++s.restarts > 10 + n)
      return Stop{Status::stalled,
                  fmt::format("the simplex has collapsed {} times where f still falls, by at least "
                              "{:.3g}; f may not be smooth, or has too many variables for this "
                              "method",
                              s.restarts, check.promise)};
    s.restart_value = s.values[0];
    set_up(s, f, check.lowest, check.value, check.edges);
    keep_best();
    return std::nullopt;
  }

  const double m = static_cast<double>(n);
  const double expand = n == 1 ? 2 : 1 + 2 / m, contract = n == 1 ? 0.5 : 0.75 - 0.5 / m,
               shrink = n == 1 ? 0.5 : 1 - 1 / m;
  const Vec centre = s.points.leftCols(n).rowwise().mean();
  const auto tried = [&](double t) {
    Vec y = centre + t * (centre - s.points.col(n));
    const double value = f.exhausted() ? infinity : value_at(s, f, y);
    return std::pair(y, value);
  };
  const auto accept = [&](const std::pair<Vec, double>& point) {
    s.points.col(n) = point.first;
    s.values[n] = point.second;
  };
  const auto reflected = tried(1);
  bool all = false;
  if (reflected.second < s.values[0]) {
    const auto expanded = tried(expand);
    accept(expanded.second < reflected.second ? expanded : reflected);
  } else if (reflected.second < s.values[n - 1]) {
    accept(reflected);
  } else {
    const bool outside = reflected.second < s.values[n];
    const auto contracted = tried(outside ? contract : -contract);
    all = !(contracted.second < (outside ? reflected.second : s.values[n]));
    if (!all) accept(contracted);
  }
  for (Index j = 1; all && j <= n && !f.exhausted(); ++j) {
    Vec y = s.points.col(0) + shrink * (s.points.col(j) - s.points.col(0));
    s.values[j] = value_at(s, f, y);
    s.points.col(j) = y;
  }
  sort_points(s);
  keep_best();
  return std::nullopt;
}

}  // namespace mathtool::opt
