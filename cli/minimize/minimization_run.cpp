#include "cli/minimize/minimization_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/constraints/all.hpp"
#include "mathtool/opt/constraints/second_order.hpp"
#include "mathtool/opt/descent.hpp"
#include "mathtool/opt/lower_nearby.hpp"
#include "mathtool/opt/methods/all.hpp"

namespace mathtool::cli {
namespace {

using opt::ConstrainedMinimum;
using opt::Minimum;
using opt::SecondOrder;

/// Above, a Hessian for the verdict costs more than the answer.
constexpr Index most_for_verdict = 500;

/// Above, the dense quadratic programs of `sqp` cost more than the many steps of `auglag`.
constexpr Index most_for_sqp = 300;

bool is_constrained_method(std::string_view name) {
  const auto all = opt::constrained_methods();
  return std::any_of(all.begin(), all.end(), [name](const opt::ConstrainedMethodInfo& method) {
    return method.name == name;
  });
}

const opt::MethodInfo& method_info(std::string_view name) {
  std::vector<std::string> names;
  for (const opt::MethodInfo& method : opt::methods()) {
    if (method.name == name) return method;
    names.emplace_back(method.name);
  }
  for (const opt::ConstrainedMethodInfo& method : opt::constrained_methods())
    names.emplace_back(method.name);
  throw DomainError(fmt::format("there is no method '{}'{}; there are {}", name,
                                did_you_mean(name, names), fmt::join(names, ", ")));
}

/// Why a method does not serve a problem; empty: it does.
std::string objection(const opt::MethodInfo& method, const MinimizationProblem& problem) {
  if (problem.constrained())
    return fmt::format("--method {} knows bounds, no --subject-to; take sqp, auglag or lagrange",
                       method.name);
  if (method.one_variable && problem.variables().size() > 1)
    return fmt::format("--method {} is for one variable, the formula has {}", method.name,
                       problem.variables().size());
  const opt::Box& box = problem.box();
  if (method.needs_bounds && (box.unbounded() || !box.low.allFinite() || !box.high.allFinite()))
    return fmt::format("--method {} looks everywhere between --bounds: give both of each variable",
                       method.name);
  return {};
}

std::string bound_text(const std::string& name, double low, double high, bool upper) {
  if (low == high) return fmt::format("{} = {}", name, low);
  return fmt::format("{} {} {}", name, upper ? "<=" : ">=", upper ? high : low);
}

/// What the bounds hold the minimum with: the slope against each that is active.
void add_bound_multipliers(const MinimizationProblem& problem, ConstrainedMinimum& minimum) {
  const opt::Box& box = problem.box();
  minimum.kkt_residual = minimum.stationarity = minimum.gradient_norm;
  minimum.feasibility = minimum.complementarity = 0;
  if (box.unbounded()) return;
  Vec slope = Vec::Zero(minimum.x.size());
  (void)problem.objective()(minimum.x, slope);
  for (Index i = 0; i < slope.size(); ++i)
    for (const bool upper : {false, true}) {
      const double bound = upper ? box.high[i] : box.low[i];
      const bool fixed = box.low[i] == box.high[i];
      if (!std::isfinite(bound) || (fixed && upper)) continue;
      const double outwards = upper || fixed ? -slope[i] : slope[i];
      const bool active = minimum.x[i] == bound;
      minimum.multipliers.push_back(
          {.constraint = bound_text(problem.variables()[static_cast<std::size_t>(i)], box.low[i],
                                    box.high[i], upper),
           .value = upper ? minimum.x[i] - bound : bound - minimum.x[i],
           .multiplier = active ? (fixed ? outwards : std::max(0.0, outwards)) : 0.0,
           .active = active,
           .equality = fixed,
           .bound = true,
           .turned = !upper && !fixed});
    }
  minimum.sensitivity = opt::sensitivity_in_words(minimum.multipliers);
}

/// Whether x is as near to a point of slope 0 as the largest curvature lets tell. One that stopped
/// at a target need not be near any.
bool is_stationary(const MinimizationProblem& problem, const Minimum& minimum,
                   const opt::SecondOrderVerdict& verdict, double gradient_tol) {
  Vec gradient = Vec::Zero(minimum.x.size());
  (void)problem.objective()(minimum.x, gradient);
  const double slope = opt::projected_gradient_norm(problem.box(), minimum.x, gradient);
  const double size = std::max(1.0, minimum.x.lpNorm<Eigen::Infinity>());
  const double curvature =
      verdict.curvatures.size() > 0 ? verdict.curvatures.cwiseAbs().maxCoeff() : infinity;
  return slope <= size * std::max(gradient_tol, 1e-4 * curvature);
}

/// Looks at the curvature where an unconstrained method ended.
void judge(const MinimizationProblem& problem, double gradient_tol, MinimizationRun& run) {
  ConstrainedMinimum& minimum = run.minimum;
  const bool stationary =
      minimum.status == Status::converged || minimum.status == Status::suspicious;
  if (!stationary || minimum.x.size() > most_for_verdict) return;
  try {
    const opt::SecondOrderVerdict verdict =
        opt::second_order(problem.objective(), minimum.x, problem.box());
    run.has_verdict = is_stationary(problem, minimum, verdict, gradient_tol);
    minimum.second_order = run.has_verdict ? verdict.kind : SecondOrder::undetermined;
    minimum.second_order_reason =
        run.has_verdict ? verdict.reason : "x is not known to be stationary";
  } catch (const DomainError&) {
    minimum.second_order_reason = "the second derivatives are not finite";
  }
}

/// Looks at f beside the point, where derivatives are silent.
void look_beside(const MinimizationProblem& problem, const MethodRequest& request,
                 MinimizationRun& run) {
  ConstrainedMinimum& minimum = run.minimum;
  if (minimum.status != Status::converged || minimum.value <= request.stopping.target) return;
  const opt::Surroundings around =
      opt::lower_nearby(problem.with_constraints(), minimum.x, problem.variables());
  if (!around.lower.empty()) {
    minimum.status = Status::suspicious;
    minimum.reason += "; but " + around.lower;
  } else if (around.flat) {
    run.notes.emplace_back(
        "f does not change around this point, so that its slope of 0 says little; try another "
        "--start");
  }
  if (!run.has_verdict || minimum.second_order != SecondOrder::undetermined) return;
  const std::string falling = opt::still_falling(problem.objective(), problem.box(), minimum.x);
  if (!falling.empty()) {
    minimum.status = Status::suspicious;
    minimum.reason += "; but " + falling;
  }
}

template <class Method>
Minimum run_unconstrained(const MinimizationProblem& problem, const Method& method,
                          const MethodRequest& request, MinimizationRun& run) {
  opt::MinimizeOptions options{.stopping = request.stopping, .box = problem.box()};
  options.keep_history = request.keep_path;
  if (request.keep_path)
    options.observe = [&](const opt::Iterate& now) {
      const auto bytes =
          std::ssize(run.path) * (8 * now.x.size() + std::int64_t{sizeof(PathPoint)});
      require<Error>(bytes < request.memory,
                     "the path of {} iterations does not fit --memory {} MB; leave --trace and "
                     "--plot out, or set --max-iterations",
                     now.iteration, request.memory >> 20);
      run.path.push_back({.value = now.value, .x = now.x});
      return opt::Flow::keep_going;
    };
  Minimum minimum = opt::minimize(problem.objective(), problem.start(), method, options);
  for (std::size_t i = 0; i < std::min(run.path.size(), minimum.history.size()); ++i) {
    const opt::IterationRecord& record = minimum.history[i];
    run.path[i].iteration = record.iteration, run.path[i].evaluations = record.evaluations;
    run.path[i].gradient_norm = record.gradient_norm, run.path[i].step = record.step;
  }
  return minimum;
}

/// A rule whose learning rate follows a schedule.
Minimum run_scheduled(const MinimizationProblem& problem, const opt::AnyRule& rule,
                      const MethodRequest& request, MinimizationRun& run) {
  const opt::Schedule schedule =
      opt::parse_schedule(request.schedule, request.stopping.max_iterations);
  return std::visit(
      [&]<class Rule>(const Rule& plain) {
        return run_unconstrained(problem, opt::Descent<Rule>{.rule = plain, .schedule = schedule},
                                 request, run);
      },
      rule);
}

MinimizationRun with_constraints(const MinimizationProblem& problem, const MethodRequest& request,
                                 std::string_view method) {
  opt::ConstrainedOptions options{.stopping = request.stopping,
                                  .feasibility_tol = request.feasibility_tol,
                                  .keep_history = request.keep_path || request.keep_records,
                                  .variables = problem.variables()};
  MinimizationRun run{.method = std::string(method)};
  require(request.schedule.empty(), "--schedule is about the learning rate of a rule; {} has none",
          method);
  run.minimum = opt::minimize(problem.with_constraints(), problem.start(),
                              opt::make_constrained_method(method, request.settings), options);
  run.has_verdict = true;
  if (request.keep_path)
    for (const opt::ConstrainedRecord& record : run.minimum.records)
      run.path.push_back({record.iteration, record.evaluations, record.value, record.stationarity,
                          record.feasibility, record.step, record.x});
  return run;
}

/// A stationary point that is no minimum must not pass for one.
void refuse_false_minimum(MinimizationRun& run) {
  ConstrainedMinimum& minimum = run.minimum;
  const bool other =
      minimum.second_order == SecondOrder::maximum || minimum.second_order == SecondOrder::saddle;
  if (!run.has_verdict || !other || minimum.status != Status::converged) return;
  minimum.status = Status::suspicious;
  minimum.reason +=
      fmt::format("; but it is a {}: {}",
                  minimum.second_order == SecondOrder::maximum ? "maximum" : "saddle point",
                  minimum.second_order_reason);
}

}  // namespace

MinimizationRun run_method(const MinimizationProblem& problem, const MethodRequest& request) {
  const bool to_choose = request.name == "auto" && problem.constrained();
  const bool many = std::ssize(problem.variables()) > most_for_sqp;
  const std::string chosen = !to_choose ? request.name : many ? "auglag" : "sqp";
  MinimizationRun run;
  if (is_constrained_method(chosen)) {
    run = with_constraints(problem, request, chosen);
    if (to_choose)
      run.decisions.push_back(fmt::format("method: {}, for {} variables under constraints", chosen,
                                          problem.variables().size()));
  } else {
    const std::string why = objection(method_info(request.name), problem);
    require(why.empty(), "{}", why);
    run.method = request.name;
    Minimum& minimum = run.minimum;
    if (request.schedule.empty())
      minimum = run_unconstrained(problem, opt::make_method(request.name, request.settings),
                                  request, run);
    else
      minimum =
          run_scheduled(problem, opt::make_rule(request.name, request.settings), request, run);
    add_bound_multipliers(problem, run.minimum);
    judge(problem, request.stopping.gradient_tol, run);
  }
  look_beside(problem, request, run);
  request.stopping.stop.check();
  refuse_false_minimum(run);
  return run;
}

std::vector<std::string> methods_for(const MinimizationProblem& problem) {
  std::vector<std::string> names;
  for (const opt::MethodInfo& method : opt::methods())
    if (method.kind != opt::MethodKind::automatic && objection(method, problem).empty())
      names.emplace_back(method.name);
  if (problem.constrained())
    for (const opt::ConstrainedMethodInfo& method : opt::constrained_methods())
      names.emplace_back(method.name);
  return names;
}

bool is_rule(std::string_view name) {
  const auto rules = opt::rules();
  return std::any_of(rules.begin(), rules.end(),
                     [name](const opt::RuleInfo& rule) { return rule.name == name; });
}

bool has_setting(std::string_view method, std::string_view setting) {
  const auto holds = [setting](const std::vector<opt::SettingInfo>& settings) {
    return std::any_of(settings.begin(), settings.end(),
                       [setting](const opt::SettingInfo& info) { return info.name == setting; });
  };
  for (const opt::ConstrainedMethodInfo& info : opt::constrained_methods())
    if (info.name == method) return holds(info.settings);
  return holds(method_info(method).settings);
}

}  // namespace mathtool::cli
