#include "mathtool/opt/minimize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "slope_audit.hpp"
#include "stopping_rules.hpp"

namespace mathtool::opt::detail {
namespace {

/// What a run leaves behind: the point that met the tolerance, otherwise the best one seen.
Minimum minimum_of(Stop stop, const Iterate& now, const Evaluations& calls) {
  Minimum result;
  // Where digits ran out, a lower value may be rounding: the last point has the smaller slope.
  const bool level = stop.status == Status::stalled &&
                     now.value - calls.best_value() <= 1e-12 * std::abs(now.value);
  const bool here = stop.status == Status::converged || level || calls.best_x().size() == 0;
  result.x = here ? now.x : calls.best_x();
  result.value = here ? now.value : calls.best_value();
  if (!here)
    result.gradient_norm = calls.best_gradient_norm();
  else if (now.gradient.size() > 0)
    result.gradient_norm = projected_gradient_norm(calls.box(), now.x, now.gradient);
  result.status = stop.status;
  result.reason = std::move(stop.reason);
  result.iterations = now.iteration;
  result.evaluations = calls.count();
  result.gradients = calls.gradients();
  result.seconds = calls.seconds();
  return result;
}

/// Whether a tolerance that was met can be believed.
Stop examined(Stop stop, const Iterate& now, const Iterate& start, const SlopeAudit& audit,
              Evaluations& calls) {
  if (stop.status != Status::converged) return stop;
  std::optional<std::string> objection = audit.objection();
  // A passing low point is not worth a word where it is the same valley.
  const double noise = 1e-6 * std::max(std::abs(now.value), std::abs(start.value - now.value));
  if (!objection && calls.best_value() < now.value - noise)
    objection = fmt::format(
        "f was lower before, {:.6g} instead of {:.6g}; start from there, with "
        "shorter steps",
        calls.best_value(), now.value);
  if (!objection && now.iteration == 0 && now.gradient.size() > 0 && now.gradient.isZero(0))
    objection = lower_beside(now, calls);
  if (!objection) return stop;
  return {Status::suspicious, stop.reason + ", but " + *objection};
}

}  // namespace

Minimum run_loop(Objective f, const VecRef& x0, FunctionRef<void(const Iterate&)> begin,
                 FunctionRef<std::optional<Stop>(Evaluations&, Iterate&)> step,
                 FunctionRef<bool(Evaluations&, const Iterate&)> settled, LoopTraits traits,
                 const MinimizeOptions& options) {
  require(x0.size() > 0 && x0.allFinite(), "minimize: x0 must be finite and not empty");
  options.stopping.validate();
  options.box.validate(x0.size());

  Evaluations calls(f, options.box, options.stopping);
  Iterate now{x0, 0, {}, 0};
  options.box.project(now.x);
  now.value = traits.uses_gradient ? calls(now.x, now.gradient) : calls.value(now.x);
  std::vector<IterationRecord> history;
  const auto finish = [&](Stop stop) {
    Minimum result = minimum_of(std::move(stop), now, calls);
    result.history = std::move(history);
    return result;
  };
  const auto show = [&](double moved) {
    if (options.keep_history)
      history.push_back({now.iteration, calls.count(), now.value,
                         now.gradient.size() > 0
                             ? projected_gradient_norm(options.box, now.x, now.gradient)
                             : not_a_number,
                         moved});
    return options.observe ? options.observe(std::as_const(now)) : Flow::keep_going;
  };

  if (std::isnan(now.value))
    return finish({Status::not_finite,
                   traits.uses_gradient
                       ? "f or its gradient is not finite at the start; start where both are"
                       : "f is not finite at the start; start where it is"});
  const Iterate start = now;
  StoppingRules rules(options.stopping, start, settled, traits.ends_itself);
  SlopeAudit audit;
  Flow wish = show(0);
  begin(now);
  std::optional<Stop> stop = rules.at_start(now, calls);
  for (Iterate before; !stop;) {
    if (wish == Flow::stop) {
      stop = Stop{Status::stopped,
                  fmt::format("stopped by the observer after {} iterations", now.iteration)};
      break;
    }
    before = now;
    std::optional<Stop> stuck = step(calls, now);
    const double moved = (now.x - before.x).lpNorm<Eigen::Infinity>();
    if (stuck && moved == 0) {
      stop = std::move(stuck);
      break;
    }
    now.iteration = before.iteration + 1;
    audit.push(before, now);
    wish = show(moved);
    stop = rules.after_step(now, before, calls);
    if (!stop) stop = std::move(stuck);
  }
  return finish(examined(std::move(*stop), now, start, audit, calls));
}

}  // namespace mathtool::opt::detail
