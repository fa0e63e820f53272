#include "stopping_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

/// Beyond so many times the start's size, a value that still falls has no minimum in sight.
constexpr double runaway = 1e20;

/// Iterations without any change of x after which there will be none.
constexpr int no_change_limit = 100;

double size_of(const Vec& x) { return x.lpNorm<Eigen::Infinity>(); }

}  // namespace

StoppingRules::StoppingRules(const StoppingOptions& options, const Iterate& start, Settled settled,
                             bool budgets_only)
    : options_(options),
      settled_(settled),
      budgets_only_(budgets_only),
      start_value_(start.value),
      start_size_(size_of(start.x)),
      largest_(size_of(start.x)) {
  const double slope = start.gradient.size() > 0 ? start.gradient.lpNorm<Eigen::Infinity>() : 0.0;
  scale_ = std::min(1.0, std::max(std::abs(start.value), slope));
  if (scale_ == 0) scale_ = 1;  // a stationary point at 0 tells no scale
}

double StoppingRules::gradient_limit(const Iterate& now) const {
  // An x that runs away must not make every slope look small.
  const double size = std::min(size_of(now.x), 1000 * std::max(1.0, start_size_));
  return options_.gradient_tol * std::max(1.0, size) * scale_;
}

std::optional<Stop> StoppingRules::tolerances_met(const Iterate& now, Evaluations& calls) const {
  if (now.value == -infinity)
    return Stop{Status::divergent,
                fmt::format("f is -inf after {} iterations: it has no minimum", now.iteration)};
  if (now.value <= options_.target)
    return Stop{Status::converged, fmt::format("f = {:.6g} has reached the target {:.6g}",
                                               now.value, options_.target)};
  if (budgets_only_ || now.gradient.size() == 0) return std::nullopt;
  const double slope = projected_gradient_norm(calls.box(), now.x, now.gradient);
  const double limit = gradient_limit(now);
  if (slope <= limit && settled_(calls, now))
    return Stop{Status::converged, fmt::format("largest slope {:.3g} <= {:.3g}", slope, limit)};
  return std::nullopt;
}

std::optional<Stop> StoppingRules::budget_spent(const Iterate& now,
                                                const Evaluations& calls) const {
  if (options_.stop.stop_requested())
    return Stop{Status::stopped,
                fmt::format("stopped on request after {} iterations", now.iteration)};
  std::string spent;
  if (now.iteration >= options_.max_iterations)
    spent = fmt::format("{} iterations used", now.iteration);
  else if (calls.count() >= options_.max_evaluations)
    spent = fmt::format("{} evaluations used", calls.count());
  else if (calls.exhausted())
    spent = fmt::format("{:.3g} seconds used", calls.seconds());
  else
    return std::nullopt;
  if (now.gradient.size() > 0)
    spent +=
        fmt::format("; the largest slope is still {:.3g} > {:.3g}",
                    projected_gradient_norm(calls.box(), now.x, now.gradient), gradient_limit(now));
  return Stop{Status::out_of_budget, std::move(spent)};
}

std::optional<Stop> StoppingRules::at_start(const Iterate& start, Evaluations& calls) const {
  if (auto stop = tolerances_met(start, calls)) return stop;
  return budget_spent(start, calls);
}

std::optional<Stop> StoppingRules::after_step(const Iterate& now, const Iterate& before,
                                              Evaluations& calls) {
  if (auto stop = tolerances_met(now, calls)) return stop;

  const double size = size_of(now.x);
  largest_ = std::max(largest_, size);
  const double step = (now.x - before.x).lpNorm<Eigen::Infinity>();
  const double change = std::abs(now.value - before.value);
  const double value = std::max(std::abs(now.value), std::abs(before.value));
  const auto count = [](int& times, bool met) { times = met ? times + 1 : 0; };
  count(short_steps_, options_.step_tol > 0 && step <= options_.step_tol * largest_);
  count(small_changes_, options_.value_tol > 0 && change <= options_.value_tol * value);
  count(unchanged_, step == 0);

  if (size > runaway * std::max(1.0, start_size_) && now.value < start_value_)
    return Stop{
        Status::divergent,
        fmt::format("f still falls, to {:.3g}, where x is as large as {:.3g}: it seems to be "
                    "unbounded below",
                    now.value, size)};
  if (budgets_only_) return budget_spent(now, calls);
  if (unchanged_ >= no_change_limit)
    return Stop{Status::stalled, fmt::format("x has not changed in {} iterations; f = {:.6g}",
                                             unchanged_, now.value)};
  if (short_steps_ >= options_.patience)
    return Stop{Status::converged,
                fmt::format("{} steps in a row no longer than {:.3g}, the last {:.3g}",
                            short_steps_, options_.step_tol * largest_, step)};
  if (small_changes_ >= options_.patience)
    return Stop{Status::converged,
                fmt::format("f changed {} times in a row by no more than {:.3g}, at last by {:.3g}",
                            small_changes_, options_.value_tol * value, change)};
  return budget_spent(now, calls);
}

}  // namespace mathtool::opt
