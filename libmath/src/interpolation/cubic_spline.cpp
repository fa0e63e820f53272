#include "mathtool/math/interpolation/cubic_spline.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "nodes.hpp"

namespace mathtool::math {
namespace {

/// lower[i] s[i−1] + middle[i] s[i] + upper[i] s[i+1] = right[i]: the equations for the slopes s.
struct Tridiagonal {
  Vec lower, middle, upper, right;

  explicit Tridiagonal(Index n)
      : lower(Vec::Zero(n)), middle(Vec::Zero(n)), upper(Vec::Zero(n)), right(Vec::Zero(n)) {}

  /// Gaussian elimination without exchanges: the middle dominates.
  Vec solve() const {
    const Index n = middle.size();
    Vec pivot = middle, s = right;
    for (Index i = 1; i < n; ++i) {
      const double factor = lower[i] / pivot[i - 1];
      pivot[i] -= factor * upper[i - 1];
      s[i] -= factor * s[i - 1];
    }
    s[n - 1] /= pivot[n - 1];
    for (Index i = n - 2; i >= 0; --i) s[i] = (s[i] - upper[i] * s[i + 1]) / pivot[i];
    return s;
  }
};

/// Continuity of the second derivative at node i, between intervals of length `before`, `after`.
void set_smooth(Tridiagonal& system, Index i, double before, double after, double secant_before,
                double secant_after) {
  system.lower[i] = after;
  system.middle[i] = 2 * (before + after);
  system.upper[i] = before;
  system.right[i] = 3 * (after * secant_before + before * secant_after);
}

/// Not-a-knot through the first three nodes, as an equation between the first two slopes. It also
/// serves at the other end, read from there.
struct NotAKnot {
  double own, next, right;
  NotAKnot(double h0, double h1, double secant0, double secant1)
      : own(h1),
        next(h0 + h1),
        right(((h0 + 2 * next) * h1 * secant0 + h0 * h0 * secant1) / next) {}
};

/// The cyclic system by the Sherman-Morrison formula: a tridiagonal one with two right-hand sides.
Vec periodic_slopes(const Vec& h, const Vec& secant) {
  const Index n = h.size();  // slopes 0 … n − 1; slope n is slope 0
  Tridiagonal system(n);
  for (Index i = 0; i < n; ++i) {
    const Index before = (i + n - 1) % n;
    set_smooth(system, i, h[before], h[i], secant[before], secant[i]);
  }
  const double corner_first = system.lower[0], corner_last = system.upper[n - 1];
  const double gamma = -system.middle[0];
  system.middle[0] -= gamma;
  system.middle[n - 1] -= corner_first * corner_last / gamma;
  Tridiagonal correction = system;
  correction.right.setZero();
  correction.right[0] = gamma;
  correction.right[n - 1] += corner_last;
  const Vec y = system.solve(), z = correction.solve();
  const double share = corner_first / gamma;
  const Vec s = y - (y[0] + share * y[n - 1]) / (1 + z[0] + share * z[n - 1]) * z;
  Vec slopes(n + 1);
  slopes << s, s[0];
  return slopes;
}

/// Three points determine a parabola: both not-a-knot conditions say the same.
Vec parabola_slopes(const Vec& h, const Vec& secant) {
  const double curvature = (secant[1] - secant[0]) / (h[0] + h[1]);
  return Eigen::Vector3d(secant[0] - curvature * h[0], secant[0] + curvature * h[0],
                         secant[1] + curvature * h[1]);
}

}  // namespace

PiecewiseCubic cubic_spline(const VecRef& x, const VecRef& y, const CubicSplineOptions& options) {
  const Index n = x.size();
  require_nodes("cubic_spline", x, y, options.end == SplineEnd::periodic ? 3 : 2);
  require(std::isfinite(options.first_slope) && std::isfinite(options.last_slope),
          "cubic_spline: end slopes must be finite, got {} and {}", options.first_slope,
          options.last_slope);
  require(options.end != SplineEnd::periodic || y[0] == y[n - 1],
          "cubic_spline: a periodic spline needs equal first and last values, got {} and {}", y[0],
          y[n - 1]);

  const Vec h = x.tail(n - 1) - x.head(n - 1);
  const Vec secant = (y.tail(n - 1) - y.head(n - 1)).cwiseQuotient(h);
  if (options.end == SplineEnd::periodic)
    return hermite_interpolant(x, y, periodic_slopes(h, secant));
  if (options.end == SplineEnd::not_a_knot && n == 2)
    return hermite_interpolant(x, y, Vec::Constant(2, secant[0]));
  if (options.end == SplineEnd::not_a_knot && n == 3)
    return hermite_interpolant(x, y, parabola_slopes(h, secant));

  Tridiagonal system(n);
  for (Index i = 1; i + 1 < n; ++i) set_smooth(system, i, h[i - 1], h[i], secant[i - 1], secant[i]);
  const Index last = n - 1;
  switch (options.end) {
    case SplineEnd::natural:
      system.middle[0] = system.middle[last] = 2;
      system.upper[0] = system.lower[last] = 1;
      system.right[0] = 3 * secant[0];
      system.right[last] = 3 * secant[last - 1];
      break;
    case SplineEnd::clamped:
      system.middle[0] = system.middle[last] = 1;
      system.right[0] = options.first_slope;
      system.right[last] = options.last_slope;
      break;
    default: {
      const NotAKnot first(h[0], h[1], secant[0], secant[1]);
      const NotAKnot end(h[last - 1], h[last - 2], secant[last - 1], secant[last - 2]);
      system.middle[0] = first.own;
      system.upper[0] = first.next;
      system.right[0] = first.right;
      system.middle[last] = end.own;
      system.lower[last] = end.next;
      system.right[last] = end.right;
    }
  }
  return hermite_interpolant(x, y, system.solve());
}

}  // namespace mathtool::math
