#include "mathtool/opt/methods/lbfgsb.hpp"

#include <algorithm>
#include <cmath>

#include "box_model.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/opt/free_variables.hpp"
#include "mathtool/opt/line_search/descend.hpp"
#include "vector_kernels.hpp"

namespace mathtool::opt {
namespace {

void remember(Lbfgsb::State& state, const Iterate& now) {
  const Index k = state.next;
  Vec s(now.x.size()), y(now.x.size());
  const PairProducts p =
      take_differences(now.x.size(), state.found.x.data(), now.x.data(),
                       state.found.gradient.data(), now.gradient.data(), s.data(), y.data());
  if (!(p.sy > 16 * epsilon * std::sqrt(p.ss * p.yy))) return;
  state.s.col(k) = s, state.y.col(k) = y;
  state.next = (k + 1) % state.s.cols();
  state.count = std::min(state.count + 1, state.s.cols());
  const Index c = state.count;
  state.sy.row(k).head(c) = s.transpose() * state.y.leftCols(c);
  state.sy.col(k).head(c) = state.s.leftCols(c).transpose() * y;
  state.ss.row(k).head(c) = s.transpose() * state.s.leftCols(c);
  state.ss.col(k) = state.ss.row(k).transpose();
  state.yy.row(k).head(c) = y.transpose() * state.y.leftCols(c);
  state.yy.col(k) = state.yy.row(k).transpose();
  state.theta = p.yy / p.sy;
}

}  // namespace

Lbfgsb::State Lbfgsb::init(const Iterate& start) const {
  State state;
  state.s.resize(start.x.size(), memory), state.y.resize(start.x.size(), memory);
  state.ss = state.sy = state.yy = Mat::Zero(memory, memory);
  return state;
}

std::optional<Stop> Lbfgsb::step(State& state, Evaluations& f, Iterate& now) const {
  for (;;) {
    const bool fresh = state.count == 0;
    if (fresh) {
      state.direction = -now.gradient;
      keep_inside(f.box(), now.x, state.direction);
      state.theta = 1 / first_step(now, state.direction);
    }
    state.direction = BoxModel(state, f.box(), now).minimum() - now.x;
    const Line line(f, now, state.direction);
    LineEnd end = LineEnd::no_lower;
    if (line.slope() < 0) {
      end = descend(line, 1, {.decrease = decrease, .curvature = curvature}, state.found);
      if (end == LineEnd::found) {
        remember(state, now);
        move_to(state.found, now);
        return std::nullopt;
      }
      if (f.exhausted()) return std::nullopt;
    }
    if (fresh) return no_descent(line, end, 1);
    state.count = state.next = 0;  // what was remembered misleads: once more, straight down
  }
}

void Lbfgsb::validate() const {
  check_settings(*this);
  MoreThuente{decrease, curvature}.validate();
}

}  // namespace mathtool::opt
