#include "mathtool/opt/methods/brent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

using Point = Brent::Point;

constexpr double golden = 1.6180339887498949;

Point look(Evaluations& f, double x) {
  const double value = std::isfinite(x) ? f.value(Vec::Constant(1, x)) : infinity;
  return {x, std::isnan(value) ? infinity : value};
}

double low_of(const Box& box) { return box.unbounded() ? -infinity : box.low[0]; }
double high_of(const Box& box) { return box.unbounded() ? infinity : box.high[0]; }

/// Begins to narrow [a, b] around `best`.
void begin_narrowing(Brent::State& s, Point a, Point best, Point b) {
  if (a.x > b.x) std::swap(a, b);
  s.phase = Brent::State::Phase::narrow;
  s.a = a, s.b = b, s.best = best;
  s.second = a.value < b.value ? a : b;
  s.third = a.value < b.value ? b : a;
  s.before_last = s.width = b.x - a.x, s.last = 0;
}

/// The step from the best point that a parabola through the three best ones proposes, or a golden
/// section of the wider side.
double proposed_step(Brent::State& s, double tolerance) {
  const double x = s.best.x, middle = 0.5 * (s.a.x + s.b.x);
  if (std::abs(s.before_last) > tolerance) {
    const double r = (x - s.second.x) * (s.best.value - s.third.value);
    double q = (x - s.third.x) * (s.best.value - s.second.value);
    double p = (x - s.third.x) * q - (x - s.second.x) * r;
    q = 2 * (q - r);
    if (q > 0) p = -p;
    q = std::abs(q);
    // False also for what is not finite.
    if (std::abs(p) < std::abs(0.5 * q * s.before_last) && p > q * (s.a.x - x) &&
        p < q * (s.b.x - x)) {
      s.before_last = s.last;
      const double step = p / q;
      const bool at_edge = x + step - s.a.x < 2 * tolerance || s.b.x - (x + step) < 2 * tolerance;
      return at_edge ? std::copysign(tolerance, middle - x) : step;
    }
  }
  s.before_last = x < middle ? s.b.x - x : s.a.x - x;
  return (2 - golden) * s.before_last;
}

/// Takes a new point of the bracket into account.
void take(Brent::State& s, const Point& point) {
  if (point.value <= s.best.value) {
    (point.x < s.best.x ? s.b : s.a) = s.best;
    s.third = s.second, s.second = s.best, s.best = point;
    return;
  }
  (point.x < s.best.x ? s.a : s.b) = point;
  if (point.value <= s.second.value || s.second.x == s.best.x)
    s.third = s.second, s.second = point;
  else if (point.value <= s.third.value || s.third.x == s.best.x || s.third.x == s.second.x)
    s.third = point;
}

}  // namespace

Brent::State Brent::init(const Iterate& start) const {
  require(start.x.size() == 1, "brent: it minimises over one variable, here are {}; take another",
          start.x.size());
  State s;
  s.best = {start.x[0], start.value};
  return s;
}

std::optional<Stop> Brent::step(State& s, Evaluations& f, Iterate& now) const {
  const double low = low_of(f.box()), high = high_of(f.box());
  const auto keep_best = [&] {
    now.x[0] = s.best.x;
    now.value = s.best.value;
  };
  switch (s.phase) {
    case State::Phase::begin: {
      if (low == high) return Stop{Status::converged, "the bounds leave one point only"};
      const double x = s.best.x;
      double length = first_step * (x == 0 ? 1 : std::abs(x));
      // A step that leads nowhere finite is shortened.
      for (; x + length != x; length /= 4) {
        if (f.exhausted()) return std::nullopt;
        const Point up = look(f, std::min(x + length, high));
        if (f.exhausted()) return std::nullopt;
        const Point down = look(f, std::max(x - length, low));
        if (up.value == infinity && down.value == infinity) continue;
        if (s.best.value <= up.value && s.best.value <= down.value) {
          begin_narrowing(s, down, s.best, up);
        } else {
          s.phase = State::Phase::walk;
          s.second = s.best;  // the point before
          s.best = up.value < down.value ? up : down;
        }
        keep_best();
        return std::nullopt;
      }
      return Stop{
          Status::not_finite,
          fmt::format("f is not finite beside x = {:.6g}, up to distances of {:.3g}", x, length)};
    }
    case State::Phase::walk: {
      if (f.exhausted()) return std::nullopt;
      const double next = std::clamp(s.best.x + golden * (s.best.x - s.second.x), low, high);
      if (next == s.best.x) {  // at a bound, downhill all the way
        begin_narrowing(s, s.second, s.best, s.best);
        return std::nullopt;
      }
      const Point point = look(f, next);
      if (point.value < s.best.value) {
        s.second = std::exchange(s.best, point);
        keep_best();
      } else {
        begin_narrowing(s, s.second, s.best, point);
      }
      return std::nullopt;
    }
    case State::Phase::narrow: {
      const double tolerance =
          x_tol * std::abs(s.best.x) + 1e-3 * x_tol * s.width + std::numeric_limits<double>::min();
      if (std::abs(s.best.x - 0.5 * (s.a.x + s.b.x)) <= 2 * tolerance - 0.5 * (s.b.x - s.a.x)) {
        s.phase = State::Phase::ends;
        return std::nullopt;
      }
      if (f.exhausted()) return std::nullopt;
      s.last = proposed_step(s, tolerance);
      if (std::abs(s.last) < tolerance) s.last = std::copysign(tolerance, s.last);
      take(s, look(f, std::clamp(s.best.x + s.last, s.a.x, s.b.x)));
      keep_best();
      return std::nullopt;
    }
    case State::Phase::ends: break;
  }
  const Stop done{Status::converged,
                  fmt::format("a minimum is enclosed between {:.12g} and {:.12g}", s.a.x, s.b.x)};
  if (s.looked_at_ends) return done;
  s.looked_at_ends = true;
  const Point inside = s.best;
  Point lowest = inside;
  for (const double end : {low, high}) {
    if (!std::isfinite(low) || !std::isfinite(high) || end == inside.x) continue;
    if (f.exhausted()) return std::nullopt;
    const Point point = look(f, end);
    if (point.value < lowest.value) lowest = point;
  }
  if (lowest.x == inside.x) return done;
  // f rises from this end to the minimum found, or dips once more between.
  begin_narrowing(s, lowest, lowest, inside);
  keep_best();
  return std::nullopt;
}

}  // namespace mathtool::opt
