#include "slope_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mathtool::opt {

void SlopeAudit::push(const Iterate& before, const Iterate& now) {
  if (before.gradient.size() == 0 || now.gradient.size() == 0) return;
  const double change = now.value - before.value;
  const double promised = 0.5 * (before.gradient + now.gradient).dot(now.x - before.x);
  // What rounding in f alone may do, also where it is a small difference of large terms.
  const double noise = 1e6 * std::numeric_limits<double>::epsilon() *
                       std::max(std::abs(now.value), std::abs(before.value));
  if (std::abs(change) <= noise && std::abs(promised) <= noise) return;
  const bool opposite = change * promised < 0 && std::abs(change - promised) > noise;
  const bool tenfold = std::abs(change) > 10 * std::abs(promised) + noise ||
                       std::abs(promised) > 10 * std::abs(change) + noise;
  disagreeing_ = opposite || tenfold ? disagreeing_ + 1 : 0;
  change_ = change, promised_ = promised;
}

std::optional<std::string> SlopeAudit::objection() const {
  if (disagreeing_ < 3) return std::nullopt;
  return fmt::format(
      "in each of the last {} steps f did not change as its gradient says, in the last by {:.3g} "
      "instead of {:.3g}: check the gradient, or f is not smooth",
      disagreeing_, change_, promised_);
}

std::optional<std::string> lower_beside(const Iterate& start, Evaluations& f) {
  constexpr Index looked_at = 16;
  for (Index i = 0; i < std::min(start.x.size(), looked_at); ++i)
    for (const double sign : {1.0, -1.0}) {
      const double distance = sign * 1e-3 * std::max(1.0, std::abs(start.x[i]));
      Vec x = start.x;
      x[i] += distance;
      f.box().project(x);
      if (x[i] == start.x[i] || f.exhausted()) continue;
      const double value = f.value(x);
      if (value < start.value)
        return fmt::format(
            "the slope is 0 at the start, but f is lower, {:.10g} instead of {:.10g}, where "
            "variable "
            "{} is {:.6g}: a maximum, a saddle point or a wrong gradient; start elsewhere",
            value, start.value, i + 1, x[i]);
    }
  return std::nullopt;
}

}  // namespace mathtool::opt
