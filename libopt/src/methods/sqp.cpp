#include "mathtool/opt/methods/sqp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "../constraints/critical_point.hpp"
#include "contradiction.hpp"
#include "merit_search.hpp"
#include "sqp_model.hpp"

namespace mathtool::opt {
namespace {

constexpr double machine_epsilon = std::numeric_limits<double>::epsilon();

/// Least curvature of B where H has less, relative to ‖H‖.
constexpr double curvature_floor = 1e-9;

/// Iterates whose largest merit a step may not exceed. A valley that bends is crossed, not
/// followed.
constexpr std::size_t merits_kept = 4;

/// Steps after which a violation that does not fall is reduced alone.
constexpr int restore_after = 25;

/// Failures to leave a stationary point after which it is taken for the answer.
constexpr int escape_limit = 2;

/// Powell's damped update of B by the change y of ∇L along s.
void update_bfgs(Mat& B, const Vec& s, Vec y, bool fresh) {
  const double length = s.squaredNorm();
  if (!(length > 0) || !y.allFinite()) return;
  if (fresh && s.dot(y) > 0) B = Mat::Identity(s.size(), s.size()) * (y.squaredNorm() / s.dot(y));
  const Vec Bs = B * s;
  const double curvature = s.dot(Bs), seen = s.dot(y);
  if (seen < 0.2 * curvature) {
    const double share = 0.8 * curvature / (curvature - seen);
    y = share * y + (1 - share) * Bs;
  }
  B += y * y.transpose() / s.dot(y) - Bs * Bs.transpose() / curvature;
  B = (B + B.transpose()).eval() / 2;
}

double total_violation(const Sqp::State& state, const ConstrainedProblem& problem,
                       const ConstrainedIterate& at) {
  return violations(problem, at).cwiseQuotient(state.units).sum();
}

/// Keeps what the search compares with. Where the violation has not fallen for long, it is to be
/// reduced alone: models of constraints that contradict each other may agree everywhere.
void remember(Sqp::State& state, const ConstrainedProblem& problem, const ConstrainedIterate& now) {
  const Vec over = violations(problem, now);
  const double sum = over.cwiseQuotient(state.units).sum();
  const bool fell = state.past.empty() || sum < violation_drop * state.least_violation ||
                    sum <= 1e-8 * std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
  state.least_violation = state.past.empty() ? sum : std::min(state.least_violation, sum);
  state.unimproved = fell ? 0 : state.unimproved + 1;
  if (state.unimproved > restore_after) {
    state.restore_from = sum;
    state.unimproved = 0;
  }
  state.past.emplace_back(now.value, over);
  if (state.past.size() > merits_kept) state.past.pop_front();
}

/// A step towards the constraints alone. What was learnt of multipliers is of no use after it.
std::optional<Stop> restore(Sqp::State& state, ConstrainedEvaluations& f, ConstrainedIterate& now) {
  if (auto stop = reduce_violation(f, now, state.units)) return stop;
  if (total_violation(state, f.problem(), now) <= 0.1 * state.restore_from) state.restore_from = 0;
  now.multipliers.setZero();
  now.bound_multipliers.setZero();
  state.past.clear();
  state.fresh = true;
  return std::nullopt;
}

WorkingSet guess_of(const Sqp::State& state) { return {state.working, state.fixed}; }

/// A step no longer than the reach, if curvature alone can see to that.
std::optional<ModelStep> within_reach(const Sqp::State& state, const ConstrainedProblem& problem,
                                      const ConstrainedIterate& now, const Mat& H) {
  const double size = H.cwiseAbs().maxCoeff();
  const double pull = now.gradient.lpNorm<Eigen::Infinity>();
  double floor = std::max(curvature_floor, state.damping) * size;
  if (!(floor > 0)) floor = std::max(pull, std::numeric_limits<double>::min()) / state.reach;
  std::optional<ModelStep> step = solve_model(problem, now, H, guess_of(state), floor);
  for (int k = 0; step && k < 30; ++k) {
    const double length = step->d.lpNorm<Eigen::Infinity>();
    if (length <= state.reach) break;
    floor = std::max(10 * floor, 1e-3 * pull / state.reach);
    std::optional<ModelStep> shorter = solve_model(problem, now, H, step->active, floor);
    // The constraints may lie so far away.
    if (!shorter || shorter->d.lpNorm<Eigen::Infinity>() > 0.99 * length) break;
    step = std::move(shorter);
  }
  return step;
}

}  // namespace

Sqp::State Sqp::init(const ConstrainedIterate& start) const {
  State state;
  state.bfgs = Mat::Identity(start.x.size(), start.x.size());
  state.penalties = Vec::Zero(start.g.size());
  state.units = start.jacobian.rowwise().norm();
  for (double& unit : state.units)
    if (!(unit > 0)) unit = 1;
  state.working.assign(static_cast<std::size_t>(start.g.size()), 0);
  state.fixed.assign(static_cast<std::size_t>(start.x.size()), 0);
  state.reach = std::max(1.0, start.x.lpNorm<Eigen::Infinity>());
  return state;
}

std::optional<Stop> Sqp::step(State& state, ConstrainedEvaluations& f,
                              ConstrainedIterate& now) const {
  const ConstrainedProblem& problem = f.problem();
  if (state.escape.size() > 0) {
    const Vec direction = std::exchange(state.escape, Vec());
    if (leave_along(direction, state.reach, f, now)) {
      state.fresh = true;
      return std::nullopt;
    }
    ++state.failed_escapes;
    return std::nullopt;
  }

  if (state.restore_from > 0) return restore(state, f, now);

  const bool exact = exact_hessian && f.has_hessian();
  const bool first = state.past.empty();
  Mat H = exact ? f.lagrangian_hessian(now.x, now.multipliers) : state.bfgs;
  if (!H.allFinite()) H = state.bfgs;
  std::optional<ModelStep> model = within_reach(state, problem, now, H);
  if (model && exact && first && now.g.size() > 0) {
    // Now that there are multipliers, the curvature of the constraints counts too.
    Mat better = f.lagrangian_hessian(now.x, model->multipliers);
    if (better.allFinite()) {
      state.working = model->active.constraints;
      state.fixed = model->active.bounds;
      if (auto again = within_reach(state, problem, now, better)) model = std::move(again);
    }
  }
  if (!model) return restore(state, f, now);
  state.working = model->active.constraints;
  state.fixed = model->active.bounds;

  const double length = model->d.lpNorm<Eigen::Infinity>();
  if (length <= machine_epsilon * now.x.lpNorm<Eigen::Infinity>()) {
    now.multipliers = model->multipliers;
    now.bound_multipliers = model->bound_multipliers;
    improve_multipliers(problem, model->active, now);
    return std::nullopt;
  }

  const double slope = merit_slope(problem, now, *model, first, state.penalties);
  remember(state, problem, now);
  MeritSearch search(f, now, *model, state, slope, decrease);
  std::optional<ConstrainedIterate> next = search.find();
  if (!next) {
    if (!search.any_finite())
      return Stop{Status::not_finite,
                  "f or a constraint is NaN or infinite along the whole of the step"};
    const double sum = total_violation(state, problem, now);
    if (sum > 1e-8 * std::max(1.0, now.x.lpNorm<Eigen::Infinity>())) {
      state.restore_from = sum;
      return restore(state, f, now);
    }
    // Once more with more curvature, or with none that was learnt.
    const bool hopeless = exact ? state.damping >= 1e2 : state.fresh;
    now.multipliers = model->multipliers;
    now.bound_multipliers = model->bound_multipliers;
    improve_multipliers(problem, model->active, now);
    if (hopeless || f.exhausted())
      return Stop{Status::stalled,
                  fmt::format("no point with a lower merit was found along the step of length "
                              "{:.3g}; f = {:.6g}",
                              length, now.value)};
    state.damping = std::max(1e-4, 1e3 * state.damping);
    state.bfgs.setIdentity();
    state.fresh = true;
    return std::nullopt;
  }

  next->multipliers = model->multipliers;
  next->bound_multipliers = model->bound_multipliers;
  const Vec moved = next->x - now.x;
  if (!exact) {
    const Vec change = next->gradient - now.gradient +
                       (next->jacobian - now.jacobian).transpose() * next->multipliers;
    update_bfgs(state.bfgs, moved, change, state.fresh);
  }
  state.fresh = false;
  state.damping = state.damping > 1e-8 ? state.damping / 10 : 0;
  if (moved.lpNorm<Eigen::Infinity>() >= 0.3 * state.reach) state.reach *= 10;
  now = std::move(*next);
  if (std::isfinite(now.value)) improve_multipliers(problem, model->active, now);
  return std::nullopt;
}

bool Sqp::settled(State& state, ConstrainedEvaluations& f, const ConstrainedIterate& now) const {
  if (!leave_saddles || !f.has_hessian() || state.failed_escapes >= escape_limit) return true;
  state.escape = verdict_at(f, now).descent;
  return state.escape.size() == 0;
}

}  // namespace mathtool::opt
