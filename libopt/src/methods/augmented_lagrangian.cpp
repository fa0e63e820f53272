#include "mathtool/opt/methods/augmented_lagrangian.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "contradiction.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/minimize.hpp"

namespace mathtool::opt {
namespace {

/// Penalties beyond which the rounding of g drowns f.
constexpr double largest_penalty = 1e12;

/// The augmented Lagrangian of fixed multipliers as an objective.
class Augmented {
 public:
  Augmented(ConstrainedEvaluations& f, const ConstrainedIterate& at, const Vec& units,
            double penalty)
      : f_(f), at_(at), units_(units), penalty_(penalty) {}

  double operator()(const Vec& x, Vec& gradient) {
    at_.x = x;
    if (!f_(at_)) return at_.value == -infinity ? at_.value : not_a_number;
    double value = at_.value;
    Vec pull(at_.g.size());
    for (Index i = 0; i < pull.size(); ++i) {
      const double weight = penalty_ / (units_[i] * units_[i]);
      double force = at_.multipliers[i] + weight * at_.g[i];
      if (!f_.problem().constraints[static_cast<std::size_t>(i)].equality)
        force = std::max(force, 0.0);
      value += (force * force - at_.multipliers[i] * at_.multipliers[i]) / (2 * weight);
      pull[i] = force;
    }
    gradient = at_.gradient + at_.jacobian.transpose() * pull;
    return value;
  }

  /// The point that was asked for last.
  const ConstrainedIterate& last() const { return at_; }

 private:
  ConstrainedEvaluations& f_;
  ConstrainedIterate at_;
  const Vec& units_;
  double penalty_;
};

}  // namespace

void AugmentedLagrangian::validate() const {
  check_settings(*this);
  require(growth > 1, "auglag: growth must be > 1, got {}", growth);
  inner.validate();
}

AugmentedLagrangian::State AugmentedLagrangian::init(const ConstrainedIterate& start) const {
  State state;
  state.units = start.jacobian.rowwise().norm();
  for (double& unit : state.units)
    if (!(unit > 0)) unit = 1;
  state.penalty = std::clamp(10 * std::max(1.0, std::abs(start.value)) /
                                 std::max(1.0, start.g.cwiseQuotient(state.units).squaredNorm()),
                             1e-3, 1e3);
  state.tolerance = 1e-2 * std::max(1e-8, start.gradient.lpNorm<Eigen::Infinity>());
  state.violated = infinity;
  return state;
}

std::optional<Stop> AugmentedLagrangian::step(State& state, ConstrainedEvaluations& f,
                                              ConstrainedIterate& now) const {
  const ConstrainedProblem& problem = f.problem();
  Augmented objective(f, now, state.units, state.penalty);
  // The tolerance of the inner loop is scaled by what it starts from; ours is not.
  ConstrainedIterate next = now;
  MinimizeOptions options{.stopping = {.gradient_tol = 0, .max_iterations = 2000},
                          .box = f.box(),
                          .observe = [&](const Iterate& at) {
                            return f.exhausted() ||
                                           projected_gradient_norm(f.box(), at.x, at.gradient) <=
                                               state.tolerance
                                       ? Flow::stop
                                       : Flow::keep_going;
                          }};
  const Minimum inside = minimize(objective, now.x, inner, options);
  if (inside.status == Status::divergent) return Stop{Status::divergent, inside.reason};
  if (inside.status == Status::not_finite)
    return Stop{Status::not_finite, "f or a constraint is NaN or infinite where a step leads"};
  next.x = inside.x;
  if (objective.last().x == next.x)
    next = objective.last();
  else if (!f(next))
    return Stop{Status::not_finite, "f or a constraint is NaN or infinite where a step leads"};

  double violated = 0;  // or open, for inequalities with a multiplier
  for (Index i = 0; i < next.g.size(); ++i) {
    const bool equality = problem.constraints[static_cast<std::size_t>(i)].equality;
    const double weight = state.penalty / (state.units[i] * state.units[i]);
    const double open = equality ? next.g[i] : std::max(next.g[i], -now.multipliers[i] / weight);
    violated = std::max(violated, std::abs(open) / state.units[i]);
    next.multipliers[i] = now.multipliers[i] + weight * next.g[i];
    if (!equality) next.multipliers[i] = std::max(next.multipliers[i], 0.0);
  }
  const Vec pull = next.gradient + next.jacobian.transpose() * next.multipliers;
  next.bound_multipliers.setZero(next.x.size());
  for (Index i = 0; i < next.x.size() && !f.box().unbounded(); ++i) {
    const double low = f.box().low[i], high = f.box().high[i];
    if (low == high || (next.x[i] <= low && pull[i] > 0) || (next.x[i] >= high && pull[i] < 0))
      next.bound_multipliers[i] = -pull[i];
  }
  // A violation that is rounding falls no further, and penalties only make it count for more.
  const double rounding = 1e-12 * std::max(1.0, next.x.lpNorm<Eigen::Infinity>());
  if (violated > std::max(progress * state.violated, rounding)) {
    if (state.penalty >= largest_penalty) {
      now = std::move(next);
      if (auto nothing = least_violation(problem, now, state.units)) return nothing;
      return Stop{Status::stalled,
                  fmt::format("penalties of {:.3g} leave a violation of {:.3g}; perhaps no point "
                              "satisfies all constraints",
                              state.penalty, violated)};
    }
    state.penalty *= growth;
  }
  state.violated = violated;
  state.tolerance = std::max(0.1 * state.tolerance, 1e-10);
  now = std::move(next);
  return std::nullopt;
}

}  // namespace mathtool::opt
