#include "mathtool/opt/methods/cg.hpp"

#include <algorithm>

#include "mathtool/opt/line_search/descend.hpp"

namespace mathtool::opt {
namespace {

/// d ← −g + β d, from the step that was just taken. Both are of the free variables.
void conjugate(Cg::State& state, const Vec& gradient) {
  Vec& d = state.direction;
  const double dy = d.dot(state.y), dd = d.squaredNorm();
  const double beta =
      (state.y.dot(gradient) - 2 * state.y.squaredNorm() / dy * d.dot(gradient)) / dy;
  const double least = 0.4 * state.last_slope / dd;
  d = -gradient + std::max(beta, least) * d;
}

}  // namespace

std::optional<Stop> Cg::step(State& state, Evaluations& f, Iterate& now) const {
  if (state.free.update(f.box(), now)) state.since_restart = 0;
  if (state.since_restart >= 6 * now.x.size() + 10) state.since_restart = 0;
  for (;;) {
    const bool fresh = state.since_restart == 0;
    Vec gradient = now.gradient;
    state.free.restrict(gradient);
    if (fresh)
      state.direction = -gradient;
    else
      conjugate(state, gradient);
    keep_inside(f.box(), now.x, state.direction);
    const Line line(f, now, state.direction);
    // The step that would lower f as much as the last one promised, were it linear.
    const double first = state.last_step > 0
                             ? state.last_step * std::min(10.0, state.last_slope / line.slope())
                             : first_step(now, state.direction);
    LineEnd end = LineEnd::no_lower;
    if (line.slope() < 0) {
      end = descend(line, first, {.decrease = decrease, .curvature = curvature}, state.found);
      if (end == LineEnd::found) {
        state.y = state.found.gradient - now.gradient;
        state.free.restrict(state.y);
        // Without the curvature that a cut step may lack there is nothing to be conjugate to.
        const bool curved = state.direction.dot(state.y) > 0;
        state.since_restart = curved ? state.since_restart + 1 : 0;
        state.last_slope = line.slope(), state.last_step = state.found.step;
        move_to(state.found, now);
        return std::nullopt;
      }
      if (f.exhausted()) return std::nullopt;
    }
    if (fresh && state.last_step == 0) return no_descent(line, end, first);
    state.since_restart = 0, state.last_step = 0;  // once more, straight down
  }
}

void Cg::validate() const {
  check_settings(*this);
  MoreThuente{decrease, curvature}.validate();
}

}  // namespace mathtool::opt
