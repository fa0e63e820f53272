#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "critical_point.hpp"
#include "kkt_test.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/constraints/minimize.hpp"

namespace mathtool::opt {
namespace {

/// Beyond so many times the start's size, where f still falls, it has no minimum in sight.
constexpr double constrained_runaway = 1e15;

double size_of_point(const Vec& x) { return x.lpNorm<Eigen::Infinity>(); }

std::vector<Multiplier> multipliers_at(const ConstrainedProblem& problem,
                                       const ConstrainedIterate& at,
                                       const std::vector<std::string>& variables) {
  std::vector<Multiplier> result;
  for (Index i = 0; i < at.g.size(); ++i) {
    const Constraint& constraint = problem.constraints[static_cast<std::size_t>(i)];
    result.push_back({.constraint = problem.text(i),
                      .value = at.g[i],
                      .multiplier = at.multipliers[i],
                      .active = is_active(problem, at, i),
                      .equality = constraint.equality,
                      .turned = constraint.turned});
  }
  for (Index i = 0; i < at.x.size() && !problem.box.unbounded(); ++i) {
    const std::string name =
        variables.empty() ? fmt::format("x{}", i + 1) : variables[static_cast<std::size_t>(i)];
    const double low = problem.box.low[i], high = problem.box.high[i];
    const double z = at.bound_multipliers[i];
    const double room = 1e-9 * std::max(1.0, std::abs(at.x[i]));
    if (low == high) {
      result.push_back({fmt::format("{} = {}", name, low), at.x[i] - low, z, true, true, true});
      continue;
    }
    if (low > -infinity)
      result.push_back({.constraint = fmt::format("{} >= {}", name, low),
                        .value = low - at.x[i],
                        .multiplier = std::max(0.0, -z),
                        .active = at.x[i] - low <= room,
                        .bound = true,
                        .turned = true});
    if (high < infinity)
      result.push_back({.constraint = fmt::format("{} <= {}", name, high),
                        .value = at.x[i] - high,
                        .multiplier = std::max(0.0, z),
                        .active = high - at.x[i] <= room,
                        .bound = true});
  }
  return result;
}

/// Everything that a run is made of, for the time that it takes.
class Run {
 public:
  Run(const ConstrainedProblem& problem, const ConstrainedOptions& options,
      ConstrainedEvaluations& calls, ConstrainedIterate& now)
      : problem_(problem),
        options_(options),
        calls_(calls),
        now_(now),
        start_value_(now.value),
        start_size_(size_of_point(now.x)),
        test_(problem, options, now) {}

  /// Sees an iterate: for the history, the observer and the best one.
  void show(double moved) {
    keep();
    if (options_.keep_history) {
      const KktResiduals r = kkt_residuals(problem_, now_);
      records_.push_back({.iteration = now_.iteration,
                          .evaluations = calls_.count(),
                          .x = now_.x,
                          .value = now_.value,
                          .g = now_.g,
                          .multipliers = now_.multipliers,
                          .lagrangian_gradient = now_.lagrangian_gradient(),
                          .stationarity = r.stationarity,
                          .feasibility = r.feasibility,
                          .step = moved});
    }
    stop_wanted_ = options_.observe && options_.observe(std::as_const(now_)) == Flow::stop;
  }

  bool met() const { return test_.met(now_); }

  Stop converged() const {
    const KktResiduals r = kkt_residuals(problem_, now_);
    return {Status::converged,
            fmt::format("largest slope of the Lagrangian {:.3g}, violation {:.3g}", r.stationarity,
                        r.feasibility)};
  }

  std::optional<Stop> after_step(const ConstrainedIterate& before) {
    const double moved = size_of_point(now_.x - before.x);
    const double size = size_of_point(now_.x);
    const StoppingOptions& limits = options_.stopping;
    if (size > constrained_runaway * std::max(1.0, start_size_) && now_.value < start_value_)
      return Stop{Status::divergent,
                  fmt::format("f still falls, to {:.3g}, where x is as large as {:.3g}: it seems "
                              "to be unbounded below",
                              now_.value, size)};
    const bool feasible = test_.feasible(now_);
    if (feasible && now_.value <= limits.target)
      return Stop{Status::converged, fmt::format("f = {:.6g} has reached the target {:.6g}",
                                                 now_.value, limits.target)};
    largest_ = std::max(largest_, size);
    const double value = std::max(std::abs(now_.value), std::abs(before.value));
    const double change = std::abs(now_.value - before.value);
    const auto count = [](int& times, bool ok) { times = ok ? times + 1 : 0; };
    count(unmoved_, moved == 0);
    count(short_steps_, feasible && limits.step_tol > 0 && moved <= limits.step_tol * largest_);
    count(small_changes_, feasible && limits.value_tol > 0 && change <= limits.value_tol * value);
    if (short_steps_ >= limits.patience)
      return Stop{Status::converged, fmt::format("{} steps in a row no longer than {:.3g}",
                                                 short_steps_, limits.step_tol * largest_)};
    if (small_changes_ >= limits.patience)
      return Stop{Status::converged,
                  fmt::format("f changed {} times in a row by no more than {:.3g}", small_changes_,
                              limits.value_tol * value)};
    if (unmoved_ >= 3)
      return stuck({Status::stalled, fmt::format("x no longer changes; f = {:.6g}", now_.value)});
    return budget();
  }

  std::optional<Stop> budget() const {
    if (stop_wanted_)
      return Stop{Status::stopped,
                  fmt::format("stopped by the observer after {} iterations", now_.iteration)};
    const StoppingOptions& limits = options_.stopping;
    if (limits.stop.stop_requested())
      return Stop{Status::stopped,
                  fmt::format("stopped on request after {} iterations", now_.iteration)};
    std::string spent;
    if (now_.iteration >= limits.max_iterations)
      spent = fmt::format("{} iterations used", now_.iteration);
    else if (calls_.count() >= limits.max_evaluations)
      spent = fmt::format("{} evaluations used", calls_.count());
    else if (calls_.exhausted())
      spent = fmt::format("{:.3g} seconds used", calls_.seconds());
    else
      return std::nullopt;
    const KktResiduals r = kkt_residuals(problem_, now_);
    if (std::max(r.stationarity, r.complementarity) <= test_.stationarity_limit())
      spent += "; multipliers grow without bound, as where gradients of constraints are parallel";
    return Stop{Status::out_of_budget,
                spent + fmt::format("; the largest slope of the Lagrangian is still {:.3g}, the "
                                    "largest violation {:.3g}",
                                    r.stationarity, r.feasibility)};
  }

  /// A method that cannot go on has arrived if rounding is all that is left.
  Stop stuck(Stop stop) const {
    if (stop.status == Status::stalled && test_.nearly_met(now_)) {
      Stop here = converged();
      here.reason += ", which rounding lets not fall further";
      return here;
    }
    return stop;
  }

  ConstrainedMinimum finish(Stop stop) {
    const bool here = stop.status == Status::converged || best_.x.size() == 0 || best_.x == now_.x;
    const ConstrainedIterate& at = here ? now_ : best_;
    ConstrainedMinimum result;
    result.x = at.x;
    result.value = at.value;
    result.status = stop.status;
    result.reason = std::move(stop.reason);
    result.iterations = now_.iteration;
    result.records = std::move(records_);
    if (stop.status == Status::stalled && best_feasible_ && !test_.feasible(now_))
      result.reason += "; the point shown is one from before that does satisfy them";
    const KktResiduals r = kkt_residuals(problem_, at);
    result.stationarity = result.gradient_norm = r.stationarity;
    result.feasibility = r.feasibility;
    result.complementarity = r.complementarity;
    result.kkt_residual = r.largest();
    result.multipliers = multipliers_at(problem_, at, options_.variables);
    if (result.status == Status::converged && (test_.met(at) || test_.nearly_met(at))) {
      // By differences a Hessian takes 2n gradients.
      if (options_.second_order && (calls_.has_hessian() || at.x.size() <= 100)) {
        const SecondOrderVerdict verdict = verdict_at(calls_, at);
        result.second_order = verdict.kind;
        result.second_order_reason = verdict.reason;
      }
      result.sensitivity = sensitivity_in_words(
          result.multipliers, result.second_order == SecondOrder::maximum  ? "maximum"
                              : result.second_order == SecondOrder::saddle ? "stationary value"
                                                                           : "minimum");
    } else {
      result.second_order_reason = "x is not known to be stationary";
    }
    result.evaluations = calls_.count();
    result.gradients = calls_.gradients();
    result.hessians = calls_.hessians();
    result.seconds = calls_.seconds();
    return result;
  }

 private:
  void keep() {
    const bool feasible = test_.feasible(now_);
    const double over = violation(problem_, now_.g);
    const bool better = best_.x.size() == 0 || (feasible && !best_feasible_) ||
                        (feasible == best_feasible_ &&
                         (feasible ? now_.value <= best_.value : over <= best_violation_));
    if (!better) return;
    best_ = now_;
    best_feasible_ = feasible;
    best_violation_ = over;
  }

  const ConstrainedProblem& problem_;
  const ConstrainedOptions& options_;
  ConstrainedEvaluations& calls_;
  ConstrainedIterate& now_;
  double start_value_ = 0, start_size_ = 0, largest_ = 0;
  KktTest test_;
  std::vector<ConstrainedRecord> records_ = {};
  bool stop_wanted_ = false;
  int unmoved_ = 0, short_steps_ = 0, small_changes_ = 0;
  ConstrainedIterate best_ = {};
  bool best_feasible_ = false;
  double best_violation_ = 0;
};

}  // namespace

void ConstrainedOptions::validate(Index n) const {
  stopping.validate();
  require(feasibility_tol >= 0, "minimize: feasibility_tol must be >= 0, got {}", feasibility_tol);
  require<DimensionError>(variables.empty() || std::ssize(variables) == n,
                          "minimize: {} names for {} variables", variables.size(), n);
}

ConstrainedMinimum detail::run_constrained(
    const ConstrainedProblem& problem, const VecRef& x0,
    FunctionRef<void(const ConstrainedIterate&)> begin,
    FunctionRef<std::optional<Stop>(ConstrainedEvaluations&, ConstrainedIterate&)> step,
    FunctionRef<bool(ConstrainedEvaluations&, const ConstrainedIterate&)> settled,
    const ConstrainedOptions& options) {
  require(x0.size() > 0 && x0.allFinite(), "minimize: x0 must be finite and not empty");
  options.validate(x0.size());
  problem.box.validate(x0.size());

  ConstrainedEvaluations calls(problem, options.stopping);
  ConstrainedIterate now{.x = x0};
  problem.box.project(now.x);
  now.multipliers = Vec::Zero(problem.count());
  now.bound_multipliers = Vec::Zero(x0.size());
  if (!calls(now)) {
    ConstrainedMinimum result;
    result.x = now.x;
    result.value = now.value;
    result.status = now.value == -infinity ? Status::divergent : Status::not_finite;
    result.reason = now.value == -infinity
                        ? "f is -inf at the start: it has no minimum"
                        : "f, a constraint or a derivative is not finite at the start; start where "
                          "all are";
    result.evaluations = calls.count();
    result.gradients = calls.gradients();
    result.seconds = calls.seconds();
    return result;
  }

  Run run(problem, options, calls, now);
  begin(now);
  run.show(0);
  std::optional<Stop> stop;
  if (run.met() && settled(calls, now)) stop = run.converged();
  if (!stop) stop = run.budget();
  for (ConstrainedIterate before; !stop;) {
    before = now;
    std::optional<Stop> last = step(calls, now);
    if (last && now.x == before.x) {
      stop = run.stuck(std::move(*last));
      break;
    }
    now.iteration = before.iteration + 1;
    run.show(size_of_point(now.x - before.x));
    if (run.met() && settled(calls, now)) stop = run.converged();
    if (!stop) stop = run.after_step(before);
    if (!stop && last) stop = run.stuck(std::move(*last));
  }
  return run.finish(std::move(*stop));
}

}  // namespace mathtool::opt
