#include "mathtool/opt/line_search/line.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

/// α at which coordinate i meets a bound.
double meets_bound(const Box& box, const Vec& x, const Vec& d, Index i) {
  if (d[i] == 0) return infinity;
  return std::max(0.0, ((d[i] > 0 ? box.high[i] : box.low[i]) - x[i]) / d[i]);
}

}  // namespace

Line::Line(Evaluations& f, const Iterate& start, const Vec& direction)
    : calls_(f), start_(start), direction_(direction), slope_(start.gradient.dot(direction)) {
  if (f.box().unbounded()) return;
  for (Index i = 0; i < direction.size(); ++i)
    longest_ = std::min(longest_, meets_bound(f.box(), start.x, direction, i));
}

double Line::noise() const { return 100 * epsilon * std::abs(start_.value); }

double Line::gradient_norm() const {
  return projected_gradient_norm(calls_.box(), start_.x, start_.gradient);
}

double Line::gradient_norm(const LinePoint& point) const {
  return projected_gradient_norm(calls_.box(), point.x, point.gradient);
}

void Line::look(double step, LinePoint& point) const {
  const Box& box = calls_.box();
  point.step = step;
  point.x = start_.x + step * direction_;
  if (!box.unbounded()) {
    box.project(point.x);
    // Rounding must not leave a coordinate an ulp before the bound that it meets.
    if (step >= longest_)
      for (Index i = 0; i < point.x.size(); ++i)
        if (meets_bound(box, start_.x, direction_, i) <= step)
          point.x[i] = direction_[i] > 0 ? box.high[i] : box.low[i];
  }
  point.value = point.x.allFinite() ? calls_(point.x, point.gradient) : not_a_number;
  if (std::isnan(point.value))
    point.slope = not_a_number;
  else if (step <= longest_)
    point.slope = point.gradient.dot(direction_);
  else
    point.slope = point.gradient.dot(point.x - start_.x) / step;
}

}  // namespace mathtool::opt
