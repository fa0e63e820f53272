#include <fmt/core.h>

#include <deque>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/formula_objective.hpp"
#include "mathtool/opt/constraints/minimize.hpp"
#include "mathtool/opt/constraints/second_order.hpp"
#include "mathtool/opt/lower_nearby.hpp"
#include "mathtool/opt/methods/automatic.hpp"
#include "mathtool/opt/methods/lagrange_newton.hpp"
#include "mathtool/opt/minimize.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

/// The argument at `place`, or zeros where it was left out.
Vec start_of(Calculator& calculator, const std::vector<Expression>& arguments, std::size_t place,
             std::size_t size, const Scope& scope, const std::string& function) {
  if (arguments.size() <= place) return Vec::Zero(static_cast<Index>(size));
  const Vec start =
      real_vector(calculator.evaluate(arguments[place], scope), function + ": the start");
  require<DimensionError>(start.size() == static_cast<Index>(size),
                          "{}: {} variables and {} numbers to start from", function, size,
                          start.size());
  return start;
}

/// Takes note of how a search ended; its point becomes part of the answer.
void use(Calculator& calculator, const opt::Minimum& minimum, Status status, std::string reason) {
  (void)calculator.use({.value = minimum.value,
                        .error = 0,
                        .evaluations = minimum.evaluations,
                        .status = status,
                        .reason = std::move(reason)});
}

/// minimize(f, [x, y], [x0, y0]): where f is least near the start.
Value minimize(Calculator& calculator, const std::vector<Expression>& arguments,
               const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "minimize");
  const FormulaObjective f(calculator, calculator.close(arguments[0], scope, names), names);
  const Vec start = start_of(calculator, arguments, 2, names.size(), scope, "minimize");
  const opt::Minimum minimum =
      opt::minimize(f.objective(), start, opt::Automatic{},
                    {.stopping = {.gradient_tol = 1e-9, .stop = calculator.stop()}});
  calculator.stop().check();
  Status status = minimum.status;
  std::string reason = minimum.reason;
  if (status == Status::converged) {
    const opt::SecondOrderVerdict verdict = opt::second_order(f.objective(), minimum.x);
    if (verdict.kind == opt::SecondOrder::maximum || verdict.kind == opt::SecondOrder::saddle) {
      status = Status::suspicious;
      reason += fmt::format("; but it is a {}: {}", to_string(verdict.kind), verdict.reason);
    }
    const std::string falling = verdict.kind == opt::SecondOrder::undetermined
                                    ? opt::still_falling(f.objective(), {}, minimum.x)
                                    : std::string();
    if (!falling.empty()) {
      status = Status::suspicious;
      reason += "; but " + falling;
    }
    const opt::Surroundings around = opt::lower_nearby({.f = f.objective()}, minimum.x, names);
    if (!around.lower.empty()) {
      status = Status::suspicious;
      reason += "; but " + around.lower;
    }
  }
  use(calculator, minimum, status, std::move(reason));
  calculator.note(fmt::format("the value there is {:.10g}", minimum.value));
  if (names.size() == 1) return minimum.x[0];
  return row_of(minimum.x);
}

bool is_inequality(const Expression& e) {
  using enum math::Operator;
  const auto* operation = e.as<Expression::Operation>();
  return operation && (operation->op == less || operation->op == less_equal ||
                       operation->op == greater || operation->op == greater_equal);
}

/// lagrange(f, [g = 0, ...], [x, y], [x0, y0]): a stationary point of f where all g are 0, and the
/// multipliers.
Value lagrange(Calculator& calculator, const std::vector<Expression>& arguments,
               const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[2], "lagrange");
  const FormulaObjective f(calculator, calculator.close(arguments[0], scope, names), names);
  std::deque<FormulaObjective> sides;
  opt::ConstrainedProblem problem{.f = f.objective()};
  for (const Expression& equation : entries(arguments[1])) {
    require(!is_inequality(equation),
            "lagrange takes equations, not {}; for inequalities see mathtool help minimize",
            to_string(equation));
    sides.emplace_back(calculator, calculator.close(difference(equation), scope, names), names);
    problem.constraints.push_back(
        {.g = sides.back().objective(), .equality = true, .text = to_string(equation)});
  }
  const Vec start = start_of(calculator, arguments, 3, names.size(), scope, "lagrange");
  const opt::ConstrainedMinimum found = opt::minimize(
      problem, start, opt::LagrangeNewton{},
      {.stopping = {.gradient_tol = 1e-10, .stop = calculator.stop()}, .variables = names});
  calculator.stop().check();
  use(calculator, found, found.status, found.reason);
  calculator.note(fmt::format("{}: the value there is {:.10g}; {}", to_string(found.second_order),
                              found.value, found.second_order_reason));
  Vec multipliers(std::ssize(problem.constraints));
  for (Index i = 0; i < multipliers.size(); ++i)
    multipliers[i] = found.multipliers[static_cast<std::size_t>(i)].multiplier;
  return List{{row_of(found.x), row_of(multipliers)}};
}

}  // namespace

void add_minimum_functions(FormulaFunctions& functions) {
  functions["minimize"] = {2, 3, minimize};
  functions["lagrange"] = {3, 4, lagrange};
}

}  // namespace mathtool::cli
