#include "mathtool/opt/line_search/descend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mathtool::opt {

LineEnd descend(const Line& line, double first, const MoreThuente& rule, LinePoint& found) {
  if (first > line.longest()) {
    // Twice, no more: a direction that the projection bends need not lead down at all.
    const Armijo bent{.decrease = rule.decrease, .max_trials = 2};
    if (bent.search(line, first, found) == LineEnd::found) return LineEnd::found;
    if (line.longest() <= 0) return LineEnd::no_lower;
  }
  return rule.search(line, first, found);
}

double first_step(const Iterate& now, const Vec& direction) {
  const double slope = direction.lpNorm<Eigen::Infinity>();
  const double size = now.x.lpNorm<Eigen::Infinity>();
  if (size > 0) return 0.1 * size / slope;
  if (now.value != 0) return 0.1 * std::abs(now.value) / direction.squaredNorm();
  return 1 / slope;
}

void move_to(LinePoint& found, Iterate& now) {
  now.x.swap(found.x);
  now.gradient.swap(found.gradient);
  now.value = found.value;
}

Stop no_descent(const Line& line, LineEnd end, double first) {
  const double slope = line.start().gradient.lpNorm<Eigen::Infinity>();
  if (end == LineEnd::not_finite)
    return {Status::not_finite,
            fmt::format("f or its gradient is not finite at every point tried from x, where f = "
                        "{:.6g} and the largest slope is {:.3g}; try bounds",
                        line.value(), slope)};
  const double promised = -line.slope() * std::min(first, line.longest());
  if (promised <= 1e6 * line.noise())
    return {
        Status::stalled,
        fmt::format("f = {:.6g} has no digits left to fall: the last step promised {:.2g} less; "
                    "the largest slope is {:.3g}",
                    line.value(), promised, slope)};
  return {Status::stalled,
          fmt::format("f = {:.6g} does not fall against its gradient, whose largest entry is "
                      "{:.3g}: check the gradient, or f is not smooth, or x badly scaled",
                      line.value(), slope)};
}

}  // namespace mathtool::opt
