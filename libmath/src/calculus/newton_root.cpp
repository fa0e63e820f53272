#include "mathtool/math/calculus/newton_root.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "mathtool/math/error.hpp"
#include "root_verdict.hpp"

namespace mathtool::math {
namespace {

struct Point {
  double x, f;
};

/// Where the steps have led: the best point, and the nearest known point of the other sign.
struct Search {
  Point best;
  std::optional<Point> opposite = {};

  void learn(Point p) {
    const bool other_sign = p.f != 0 && (p.f > 0) != (best.f > 0);
    if (other_sign) opposite = std::abs(p.f) < std::abs(best.f) ? best : p;
    if (std::abs(p.f) < std::abs(best.f)) best = p;
  }
};

}  // namespace

Root newton_root(FunctionRef<double(double)> f, double start, const NewtonRootOptions& options) {
  require(std::isfinite(start) && options.lower <= start && start <= options.upper,
          "newton_root: the start {} must be finite and in [{}, {}]", start, options.lower,
          options.upper);
  require(options.rel_tol >= 0 && options.abs_tol >= 0,
          "newton_root: tolerances must be >= 0, got {} and {}", options.rel_tol, options.abs_tol);
  CountedFunction counted(f, options.max_evaluations, options.stop);
  const RootTolerance tolerance{options.rel_tol, options.abs_tol};
  Search search{{start, counted(start)}};
  if (!std::isfinite(search.best.f))
    return failed_root(start, search.best.f, Status::not_finite,
                       fmt::format("f is {} at the start {}", search.best.f, start), counted);

  std::int64_t slopes = 0;
  const auto slope_at = [&](const Point& p) {
    if (options.derivative) return ++slopes, options.derivative(p.x);
    const double h =
        std::cbrt(std::numeric_limits<double>::epsilon()) * std::max(std::abs(p.x), 1.0);
    const double left = std::max(p.x - h, options.lower), right = std::min(p.x + h, options.upper);
    return (counted(right) - counted(left)) / (right - left);
  };
  const auto finish = [&](Root root) {
    root.evaluations = counted.evaluations() + slopes;
    return root;
  };

  // Past this many steps within a sign-free region f only touches zero, or does not reach it.
  constexpr int most_steps = 200;
  for (int step = 0; step < most_steps && search.best.f != 0 && !search.opposite; ++step) {
    const Point from = search.best;
    const double newton = -from.f / slope_at(from);
    if (!std::isfinite(newton)) break;
    bool fell = false;
    for (double damping = 1; damping > 1e-4 && !fell && !counted.exhausted(); damping /= 2) {
      const double x = std::clamp(from.x + damping * newton, options.lower, options.upper);
      if (x == from.x) break;
      const double fx = counted(x);
      if (!std::isfinite(fx)) continue;
      search.learn({x, fx});
      fell = std::abs(search.best.f) < std::abs(from.f) || search.opposite;
    }
    if (!fell) break;
  }
  if (counted.exhausted())
    return finish(
        failed_root(search.best.x, search.best.f, Status::out_of_budget,
                    fmt::format("|f| is still {:.3g} at {} after {} evaluations",
                                std::abs(search.best.f), search.best.x, counted.evaluations()),
                    counted));

  const Point best = search.best;
  const double span = std::max(std::abs(best.x), 1.0);
  const auto around = [&](double distance) {
    return Reach{std::max(best.x - distance, options.lower),
                 std::min(best.x + distance, options.upper)};
  };
  const auto crossed = [&](const Bracket& bracket) {
    return finish(
        bracketed_root(bracket, {options.lower, options.upper}, span / 64, tolerance, counted));
  };
  const auto touched = [&](const Point& p) {
    return finish(touched_root(p.x, p.f, around(span / 64), tolerance, counted));
  };
  if (search.opposite) return crossed({best.x, best.f, search.opposite->x, search.opposite->f});
  // Newton's method may come to a root from one side only: the signs around it decide whether f
  // crosses zero there or touches it.
  for (const double share : {1e-12, 1e-9, 1e-6, 1e-3}) {
    const Reach sides = around(share * span);
    const double f_lower = counted(sides.lower), f_upper = counted(sides.upper);
    if (!opposite_signs(f_lower, f_upper)) continue;
    return opposite_signs(best.f, f_lower) ? crossed({best.x, best.f, sides.lower, f_lower})
                                           : crossed({best.x, best.f, sides.upper, f_upper});
  }
  const Reach near = around(1e-6 * span);
  const double x =
      least_point([&](double t) { return std::abs(counted(t)); }, near.lower, near.upper);
  const Point least{x, counted(x)};
  if (opposite_signs(least.f, best.f)) return crossed({least.x, least.f, best.x, best.f});
  return touched(std::abs(least.f) < std::abs(best.f) ? least : best);
}

}  // namespace mathtool::math
