#include "mathtool/opt/methods/steepest_descent.hpp"

#include "mathtool/opt/line_search/descend.hpp"

namespace mathtool::opt {

std::optional<Stop> SteepestDescent::step(State& state, Evaluations& f, Iterate& now) const {
  state.free.update(f.box(), now);
  state.direction = -now.gradient;
  state.free.restrict(state.direction);
  const Line line(f, now, state.direction);
  // A little more than what the last step promised, so that steps can grow.
  const double first =
      state.promised < 0 ? 2 * state.promised / line.slope() : first_step(now, state.direction);
  const LineEnd end =
      wolfe ? descend(line, first, {.decrease = decrease, .curvature = curvature}, state.found)
            : Armijo{.decrease = decrease}.search(line, first, state.found);
  if (end != LineEnd::found) {
    if (f.exhausted()) return std::nullopt;
    return no_descent(line, end, first);
  }
  state.promised = state.found.step * line.slope();
  move_to(state.found, now);
  return std::nullopt;
}

void SteepestDescent::validate() const {
  check_settings(*this);
  MoreThuente{decrease, curvature}.validate();
}

}  // namespace mathtool::opt
