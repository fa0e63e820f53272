#include "mathtool/math/interpolation/pchip.hpp"

#include <cmath>

#include "nodes.hpp"

namespace mathtool::math {
namespace {

/// The slope at an end from the two nearest intervals, kept from turning the curve.
double end_slope(double h0, double h1, double secant0, double secant1) {
  const double slope = ((2 * h0 + h1) * secant0 - h0 * secant1) / (h0 + h1);
  if (slope * secant0 <= 0) return 0.0;
  if (secant0 * secant1 < 0 && std::abs(slope) > 3 * std::abs(secant0)) return 3 * secant0;
  return slope;
}

}  // namespace

PiecewiseCubic pchip(const VecRef& x, const VecRef& y) {
  require_nodes("pchip", x, y, 2);
  const Index n = x.size();
  const Vec h = x.tail(n - 1) - x.head(n - 1);
  const Vec secant = (y.tail(n - 1) - y.head(n - 1)).cwiseQuotient(h);
  if (n == 2) return hermite_interpolant(x, y, Vec::Constant(2, secant[0]));

  Vec slopes(n);
  for (Index i = 1; i + 1 < n; ++i) {
    const double w0 = 2 * h[i] + h[i - 1], w1 = h[i] + 2 * h[i - 1];
    slopes[i] =
        secant[i - 1] * secant[i] > 0 ? (w0 + w1) / (w0 / secant[i - 1] + w1 / secant[i]) : 0.0;
  }
  slopes[0] = end_slope(h[0], h[1], secant[0], secant[1]);
  slopes[n - 1] = end_slope(h[n - 2], h[n - 3], secant[n - 2], secant[n - 3]);
  return hermite_interpolant(x, y, slopes);
}

}  // namespace mathtool::math
