#include "mathtool/opt/rule_step.hpp"

#include <fmt/format.h>

#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::opt {

std::optional<Stop> RuleStep::step(FunctionRef<void(Vec&)> move, Evaluations& f, Iterate& now) {
  if (f.best_value() < best_ || std::isnan(best_)) best_ = f.best_value(), halvings_ = 0;
  x_ = now.x;
  move(x_);
  f.box().project(x_);
  for (;;) {
    // A rule that overshot beyond all numbers has no end point that could be halved.
    const double value = x_.allFinite() ? f(x_, gradient_) : not_a_number;
    if (!std::isnan(value)) {
      now.x.swap(x_);
      now.gradient.swap(gradient_);
      now.value = value;
      return std::nullopt;
    }
    if (f.exhausted()) return std::nullopt;  // the loop says of what
    if (halvings_ == max_halvings)
      return Stop{
          Status::not_finite,
          fmt::format("{} steps had to be halved since f was last lowered, to {:.6g}, because "
                      "f or its gradient was not finite at their end; try a smaller learning "
                      "rate or bounds",
                      max_halvings, best_)};
    ++halvings_;
    x_ = x_.allFinite() ? Vec(now.x + 0.5 * (x_ - now.x)) : now.x;
  }
}

}  // namespace mathtool::opt
