#include "mathtool/opt/methods/lbfgs.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/line_search/descend.hpp"
#include "vector_kernels.hpp"

namespace mathtool::opt {
namespace {

/// The column of the pair that is `age` steps old.
Index column_of(const Lbfgs::State& state, Index age) {
  const Index m = state.s.cols();
  return (state.next + m - 1 - age) % m;
}

/// −H ∇f by the two loops. Each pass adds to the vector and takes the product that the next needs.
void two_loops(Lbfgs::State& state) {
  const Index n = state.direction.size(), count = state.count;
  double* d = state.direction.data();
  const auto s = [&](Index age) { return state.s.col(column_of(state, age)).data(); };
  const auto y = [&](Index age) { return state.y.col(column_of(state, age)).data(); };
  const auto rho = [&](Index age) { return state.rho[column_of(state, age)]; };

  double product = dot(n, d, s(0));
  for (Index age = 0; age < count; ++age) {
    state.weights[age] = rho(age) * product;
    const double* next = age + 1 < count ? s(age + 1) : y(age);
    product = combine_then_dot(n, 1, d, -state.weights[age], y(age), next);
  }
  // H₀ is applied along with the first term of the second loop.
  double scale = state.scale;
  product *= scale;
  for (Index age = count - 1; age >= 0; --age) {
    const double weight = state.weights[age] - rho(age) * product;
    product = combine_then_dot(n, scale, d, weight, s(age), y(age > 0 ? age - 1 : 0));
    scale = 1;
  }
}

/// The same with the pairs cut down to the free variables.
void two_loops_on_face(Lbfgs::State& state) {
  Vec& d = state.direction;
  Vec s, y;
  const auto cut_pair = [&](Index age) {
    s = state.s.col(column_of(state, age)), y = state.y.col(column_of(state, age));
    state.free.restrict(s), state.free.restrict(y);
    const double curvature = s.dot(y);
    return curvature > 16 * epsilon * s.norm() * y.norm() ? 1 / curvature : 0.0;
  };
  double scale = 0;
  for (Index age = 0; age < state.count; ++age) {
    const double rho = cut_pair(age);
    state.weights[age] = rho * s.dot(d);
    d -= state.weights[age] * y;
    if (scale == 0 && rho > 0) scale = 1 / (rho * y.squaredNorm());
  }
  d *= scale > 0 ? scale : state.scale;
  for (Index age = state.count - 1; age >= 0; --age) {
    const double rho = cut_pair(age);
    if (rho > 0) d += (state.weights[age] - rho * y.dot(d)) * s;
  }
}

void remember(Lbfgs::State& state, const Iterate& now) {
  const Index k = state.next;
  const PairProducts p = take_differences(now.x.size(), state.found.x.data(), now.x.data(),
                                          state.found.gradient.data(), now.gradient.data(),
                                          state.s.col(k).data(), state.y.col(k).data());
  if (!(p.sy > 16 * epsilon * std::sqrt(p.ss * p.yy))) return;
  state.rho[k] = 1 / p.sy;
  state.scale = p.sy / p.yy;
  state.next = (k + 1) % state.s.cols();
  state.count = std::min(state.count + 1, state.s.cols());
}

}  // namespace

Lbfgs::State Lbfgs::init(const Iterate& start) const {
  State state;
  const Index n = start.x.size();
  state.s.resize(n, memory), state.y.resize(n, memory);
  state.rho.resize(memory), state.weights.resize(memory);
  return state;
}

std::optional<Stop> Lbfgs::step(State& state, Evaluations& f, Iterate& now) const {
  state.free.update(f.box(), now);
  for (;;) {
    state.direction = -now.gradient;
    state.free.restrict(state.direction);
    const bool fresh = state.count == 0;
    if (!fresh && state.free.all())
      two_loops(state);
    else if (!fresh)
      two_loops_on_face(state);
    keep_inside(f.box(), now.x, state.direction);
    const Line line(f, now, state.direction);
    const double first = fresh ? first_step(now, state.direction) : 1.0;
    LineEnd end = LineEnd::no_lower;
    if (line.slope() < 0) {
      end = descend(line, first, {.decrease = decrease, .curvature = curvature}, state.found);
      if (end == LineEnd::found) {
        remember(state, now);
        move_to(state.found, now);
        return std::nullopt;
      }
      if (f.exhausted()) return std::nullopt;
    }
    if (fresh) return no_descent(line, end, first);
    state.count = 0;  // what was remembered misleads: once more, straight down
  }
}

void Lbfgs::validate() const {
  check_settings(*this);
  MoreThuente{decrease, curvature}.validate();
}

}  // namespace mathtool::opt
