#include "mathtool/opt/methods/newton_cg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "curvature.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

struct Direction {
  Vec d = {};
  bool negative = false;  ///< of negative curvature
};

/// H d ≈ −g in the free variables.
Direction newton_direction(Curvature& curvature, const Iterate& now,
                           const std::vector<Index>& places, int max_products) {
  const Index n = now.x.size();
  const Vec g = gathered(now.gradient, places);
  const double length = g.norm(), enough = std::min(0.5, std::sqrt(length)) * length;
  Vec d = Vec::Zero(g.size()), r = g, p = -g;
  for (int i = 0; i < max_products; ++i) {
    const Vec Hp = gathered(curvature.times(scattered(p, places, n)), places);
    const double bend = p.dot(Hp), square = r.squaredNorm();
    if (!std::isfinite(bend)) break;
    if (bend <= epsilon * p.squaredNorm() * 1e-3) {
      // The way that was made so far is good; without any, the gradient itself.
      return {scattered(i == 0 ? p : d, places, n), i == 0};
    }
    d += (square / bend) * p;
    r += (square / bend) * Hp;
    if (r.norm() <= enough) break;
    p = -r + (r.squaredNorm() / square) * p;
  }
  if (d.isZero(0)) d = -g;
  return {scattered(d, places, n)};
}

/// How far the first step out of a saddle point leads; it is doubled while f falls.
double escape_length(const Iterate& now) {
  return 1e-2 * std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
}

}  // namespace

NewtonCg::State NewtonCg::init(const Iterate& start) const {
  State state;
  state.start_value = start.value;
  return state;
}

std::optional<Stop> NewtonCg::step(State& state, Evaluations& f, Iterate& now) const {
  const Box& box = f.box();
  Direction way;
  if (state.escape.size() > 0) {
    way = {std::exchange(state.escape, Vec()), true};
    if (way.d.dot(now.gradient) > 0) way.d = -way.d;
  } else {
    Curvature curvature(f, now);
    way = newton_direction(curvature, now, free_places(box, now), max_products);
  }
  if (f.exhausted()) return std::nullopt;

  Vec x, gradient, kept_x, kept_gradient;
  double kept = infinity;  // the lowest value along a direction of negative curvature
  const double noise = 10 * epsilon * std::abs(now.value);
  double t = 1;
  for (int trial = 0; trial < 80 && !f.exhausted(); ++trial) {
    x = now.x + t * way.d;
    box.project(x);
    if (x == now.x) break;
    const double slope = now.gradient.dot(x - now.x);
    const double value = f(x, gradient);
    const bool fell = value < now.value && value <= now.value + decrease * slope;
    // Where rounding hides the fall, the gradient still tells.
    const bool hidden = std::abs(value - now.value) <= noise && std::abs(slope) <= noise &&
                        projected_gradient_norm(box, x, gradient) <
                            0.5 * projected_gradient_norm(box, now.x, now.gradient);
    if ((fell || hidden) && value < kept) {
      kept = value, kept_x = x, kept_gradient = gradient;
      if (value == -infinity || !way.negative) break;
      t *= 2;
      continue;
    }
    if (kept < infinity) break;  // it rises again
    const double least = -slope / (2 * (value - now.value - slope));
    t *= std::isfinite(least) ? std::clamp(least, 0.1, 0.5) : 0.1;
  }
  if (kept < infinity) {
    now.x.swap(kept_x);
    now.gradient.swap(kept_gradient);
    now.value = kept;
    state.slope_met = false;
    return std::nullopt;
  }
  if (f.exhausted()) return std::nullopt;
  const double slope = projected_gradient_norm(box, now.x, now.gradient);
  if (state.slope_met)
    return Stop{
        Status::converged,
        fmt::format("largest slope {:.3g}; f falls neither along Newton's direction nor where "
                    "its curvature is negative",
                    slope)};
  if (std::abs(now.gradient.dot(way.d)) <= noise)
    return Stop{Status::converged,
                fmt::format("largest slope {:.3g}; f can fall no further than by its rounding, "
                            "{:.3g}",
                            slope, noise)};
  return Stop{Status::stalled,
              fmt::format("no step from x lowers f, though the largest slope is {:.3g}: check the "
                          "gradient, or f is not smooth",
                          slope)};
}

bool NewtonCg::settled(State& state, Evaluations& f, const Iterate& now) const {
  if (!f.has_hessian() && !f.has_hessian_times()) return true;
  Curvature curvature(f, now);
  const std::vector<Index> places = free_places(f.box(), now);
  // As in Trust: what a Newton step promises, not the slope alone.
  const double tolerance = f.limits().gradient_tol * f.limits().gradient_tol;
  const double enough = std::max({1e3 * tolerance * std::abs(now.value),
                                  1e-4 * tolerance * std::abs(state.start_value - now.value),
                                  10 * epsilon * std::abs(now.value)});
  if (!places.empty() && !now.gradient.isZero(0)) {
    const Direction way = newton_direction(curvature, now, places, max_products);
    state.slope_met = way.negative || -0.5 * now.gradient.dot(way.d) > enough;
    if (state.slope_met) return false;
  }
  state.escape = negative_curvature(curvature, now, places);
  if (state.escape.size() > 0) {
    state.escape *= escape_length(now);
    if (-0.5 * state.escape.dot(curvature.times(state.escape)) <= enough) state.escape.resize(0);
  }
  state.slope_met = state.escape.size() > 0;
  return !state.slope_met;
}

}  // namespace mathtool::opt
