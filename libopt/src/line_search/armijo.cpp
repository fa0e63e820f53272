#include "mathtool/opt/line_search/armijo.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

/// The minimum of the parabola with slope s at 0 that rises by `rise` at α.
double parabola_minimum(double slope, double step, double rise) {
  return -slope * step * step / (2 * (rise - slope * step));
}

/// That of the cubic through two points, where there is one.
double cubic_minimum(double slope, double step, double rise, double step2, double rise2) {
  const double r1 = (rise - slope * step) / (step * step);
  const double r2 = (rise2 - slope * step2) / (step2 * step2);
  const double a = (r1 - r2) / (step - step2), b = (r2 * step - r1 * step2) / (step - step2);
  if (a == 0) return -slope / (2 * b);
  return (-b + std::sqrt(b * b - 3 * a * slope)) / (3 * a);
}

}  // namespace

LineEnd Armijo::search(const Line& line, double first, LinePoint& found) const {
  double step = first, last_step = 0, last_rise = 0;
  bool finite = false;
  for (int trial = 0; trial < max_trials && !line.exhausted(); ++trial) {
    line.look(step, found);
    if (found.value == -infinity) return LineEnd::found;
    double next = 0.1 * step;
    if (!std::isnan(found.value)) {
      finite = true;
      const double rise = found.value - line.value();
      // On the projected line the promise is that of the step that was made.
      const double promised = step <= line.longest()
                                  ? line.slope() * step
                                  : line.start().gradient.dot(found.x - line.start().x);
      if (rise <= decrease * promised && rise < 0) return LineEnd::found;
      // The values of f have no digits left to tell; its slopes have.
      if (std::abs(rise) <= line.noise() && promised < 0 && -promised <= 10 * line.noise() &&
          found.slope * step <= (2 * decrease - 1) * promised)
        return LineEnd::found;
      next = last_step > 0 ? cubic_minimum(line.slope(), step, rise, last_step, last_rise)
                           : parabola_minimum(line.slope(), step, rise);
      if (!(next <= 0.5 * step)) next = 0.5 * step;  // also NaN
      last_step = step, last_rise = rise;
    }
    step = std::max(next, 0.1 * step);
  }
  return finite ? LineEnd::no_lower : LineEnd::not_finite;
}

void Armijo::validate() const {
  require(0 < decrease && decrease < 0.5, "Armijo: decrease must be in (0, 1/2), got {}", decrease);
  require(max_trials >= 1, "Armijo: max_trials must be >= 1, got {}", max_trials);
}

}  // namespace mathtool::opt
