#include "mathtool/opt/methods/lagrange_newton.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "../constraints/critical_point.hpp"
#include "mathtool/math/linear_algebra/solve.hpp"
#include "sqp_model.hpp"

namespace mathtool::opt {
namespace {

/// Residual, relative to the start, at which the equations of a working set count as solved.
constexpr double solved_level = 1e-10;

/// The equations of the working set at a point: unknowns are the free coordinates and the
/// multipliers of the constraints in it.
struct LagrangeSystem {
  std::vector<Index> free = {}, working = {};
  Vec residual = {};

  LagrangeSystem(const LagrangeNewton::State& state, const ConstrainedIterate& at) {
    for (Index i = 0; i < at.x.size(); ++i)
      if (state.fixed[static_cast<std::size_t>(i)] == 0) free.push_back(i);
    for (Index i = 0; i < at.g.size(); ++i)
      if (state.working[static_cast<std::size_t>(i)] != 0) working.push_back(i);
    residual.resize(std::ssize(free) + std::ssize(working));
    const Vec slope = at.gradient + at.jacobian.transpose() * at.multipliers;
    residual << slope(free), at.g(working);
  }

  /// The step in all unknowns, 0 in those that are fixed.
  std::pair<Vec, Vec> newton_step(const Mat& H, const ConstrainedIterate& at) const {
    const Index n = std::ssize(free), k = std::ssize(working);
    Mat equations = Mat::Zero(n + k, n + k);
    equations.topLeftCorner(n, n) = H(free, free);
    const Mat rows = at.jacobian(working, free);
    equations.bottomLeftCorner(k, n) = rows;
    equations.topRightCorner(n, k) = rows.transpose();
    const Vec solution = math::solve(equations, -residual).X;
    std::pair<Vec, Vec> step{Vec::Zero(at.x.size()), Vec::Zero(at.g.size())};
    step.first(free) = solution.head(n);
    step.second(working) = solution.tail(k);
    return step;
  }
};

/// Bounds take up what is left of ∇L in the coordinates that they hold.
void set_bound_multipliers(const LagrangeNewton::State& state, ConstrainedIterate& at) {
  const Vec slope = at.gradient + at.jacobian.transpose() * at.multipliers;
  for (Index i = 0; i < at.x.size(); ++i)
    at.bound_multipliers[i] = state.fixed[static_cast<std::size_t>(i)] == 0 ? 0.0 : -slope[i];
}

/// Adds the constraint that is violated most, or drops the one whose multiplier has the wrong sign
/// most. Returns: whether there was one.
bool change_working_set(const ConstrainedProblem& problem, LagrangeNewton::State& state,
                        ConstrainedIterate& now) {
  const double size = std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
  Index worst = -1;
  double most = 1e-9;
  for (Index i = 0; i < now.g.size(); ++i) {
    const double unit = std::max(now.jacobian.row(i).norm() * size, 1e-300);
    if (state.working[static_cast<std::size_t>(i)] == 0 && now.g[i] / unit > most)
      most = now.g[i] / unit, worst = i;
  }
  if (worst >= 0) {
    state.working[static_cast<std::size_t>(worst)] = 1;
    return true;
  }
  double least = -1e-9 * std::max(now.gradient.norm(), 1e-300);
  Index bound = -1;
  for (Index i = 0; i < now.g.size(); ++i) {
    if (problem.constraints[static_cast<std::size_t>(i)].equality) continue;
    const double pull = now.multipliers[i] * now.jacobian.row(i).norm();
    if (state.working[static_cast<std::size_t>(i)] != 0 && pull < least) least = pull, worst = i;
  }
  for (Index i = 0; i < now.x.size(); ++i) {
    const int side = state.fixed[static_cast<std::size_t>(i)];
    if (side == 0 || problem.box.low[i] == problem.box.high[i]) continue;
    const double pull = side * now.bound_multipliers[i];
    if (pull < least) least = pull, bound = i;
  }
  if (bound >= 0) {
    state.fixed[static_cast<std::size_t>(bound)] = 0;
    now.bound_multipliers[bound] = 0;
    return true;
  }
  if (worst < 0) return false;
  state.working[static_cast<std::size_t>(worst)] = 0;
  now.multipliers[worst] = 0;
  return true;
}

/// How much of the step stays in the box, and which bound ends it; −1: none.
std::pair<double, Index> room(const Box& box, const Vec& x, const Vec& d) {
  double share = 1;
  Index first = -1;
  if (box.unbounded()) return {share, first};
  for (Index i = 0; i < x.size(); ++i) {
    const double limit = d[i] > 0 ? box.high[i] - x[i] : d[i] < 0 ? box.low[i] - x[i] : 0;
    if (d[i] != 0 && limit / d[i] < share) share = limit / d[i], first = i;
  }
  return {share, first};
}

}  // namespace

LagrangeNewton::State LagrangeNewton::init(const ConstrainedIterate& start) const {
  return {.working = std::vector<std::uint8_t>(static_cast<std::size_t>(start.g.size()), 0),
          .fixed = std::vector<std::int8_t>(static_cast<std::size_t>(start.x.size()), 0)};
}

std::optional<Stop> LagrangeNewton::step(State& state, ConstrainedEvaluations& f,
                                         ConstrainedIterate& now) const {
  const ConstrainedProblem& problem = f.problem();
  const auto n = static_cast<std::size_t>(now.x.size());
  if (!state.begun) {
    state.begun = true;
    for (std::size_t i = 0; i < problem.constraints.size(); ++i)
      state.working[i] =
          problem.constraints[i].equality || now.g[static_cast<Index>(i)] >= 0 ? 1 : 0;
    for (std::size_t i = 0; i < n && !problem.box.unbounded(); ++i) {
      const auto at = static_cast<Index>(i);
      if (problem.box.low[at] == problem.box.high[at]) state.fixed[i] = 1;
    }
    improve_multipliers(problem, {state.working, state.fixed}, now);
    state.scale = std::max(LagrangeSystem(state, now).residual.norm(), now.gradient.norm());
  }

  LagrangeSystem system(state, now);
  set_bound_multipliers(state, now);
  if (system.residual.norm() <= solved_level * state.scale) {
    if (change_working_set(problem, state, now)) {
      if (++state.changes > 10 * static_cast<int>(n + problem.constraints.size()) + 50)
        return Stop{Status::stalled,
                    fmt::format("after {} changes it is still open which inequalities are active; "
                                "try --method sqp",
                                state.changes)};
      system = LagrangeSystem(state, now);
    }
  }

  const Mat H = lagrangian_hessian(f, now);
  if (H.size() == 0) return Stop{Status::not_finite, "the second derivatives are not finite at x"};
  const auto [d, change] = system.newton_step(H, now);
  const double before = system.residual.norm();
  auto [share, hit] = room(problem.box, now.x, d);
  ConstrainedIterate trial = now;
  for (; share * d.lpNorm<Eigen::Infinity>() >= 0; share /= 2, hit = -1) {
    trial.x = now.x + share * d;
    if (hit >= 0) trial.x[hit] = d[hit] > 0 ? problem.box.high[hit] : problem.box.low[hit];
    problem.box.project(trial.x);
    trial.multipliers = now.multipliers + share * change;
    if (f(trial)) {
      const double after = LagrangeSystem(state, trial).residual.norm();
      // At a bound the equations change, and with them what is to be compared.
      if (hit >= 0 || after <= (1 - decrease * share) * before || after <= 1e-13 * state.scale)
        break;
    }
    if (share < 1e-12 || f.exhausted()) {
      // Where the residual has a minimum of its own, other equations may still lead on.
      return Stop{Status::stalled,
                  fmt::format("the equations of Lagrange are not solved near x: their residual "
                              "stays at {:.3g}; start elsewhere, or use --method sqp",
                              before)};
    }
  }
  if (hit >= 0) {
    state.fixed[static_cast<std::size_t>(hit)] = d[hit] > 0 ? 1 : -1;
    if (++state.changes > 10 * static_cast<int>(n + problem.constraints.size()) + 50)
      return Stop{Status::stalled,
                  fmt::format("after {} changes it is still open which bounds are active; try "
                              "--method sqp",
                              state.changes)};
  }
  set_bound_multipliers(state, trial);
  now = std::move(trial);
  return std::nullopt;
}

}  // namespace mathtool::opt
