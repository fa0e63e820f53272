#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/polynomial_coefficients.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/calculus/newton_root.hpp"
#include "mathtool/math/calculus/polynomial_roots.hpp"
#include "mathtool/math/calculus/roots_on_interval.hpp"
#include "mathtool/math/calculus/solve_system.hpp"
#include "mathtool/math/ode/solve_ode.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

std::vector<Expression> differences(const std::vector<Expression>& equations) {
  std::vector<Expression> formulas;
  for (const Expression& equation : equations) formulas.push_back(difference(equation));
  return formulas;
}

std::string every_x(const std::string& x, const math::Interval& zero) {
  return fmt::format("every {} in [{}, {}]", x, zero.lower, zero.upper);
}

/// What solves an equation: one alone as it is, several as a list.
Value one_or_several(std::vector<Value> solutions) {
  if (solutions.size() == 1) return solutions[0];
  return List{std::move(solutions)};
}

Value solve_on_interval(Calculator& calculator, const std::vector<Expression>& arguments,
                        const Scope& scope) {
  const BoundFormula f = function_of(calculator, difference(arguments[0]), arguments[1], scope);
  const double a = real_argument(calculator, arguments[2], scope, "solve: a");
  const double b = real_argument(calculator, arguments[3], scope, "solve: b");
  const math::RootsOnInterval found = math::roots_on_interval(
      f, std::min(a, b), std::max(a, b),
      {.scan = scope.empty() && f.precise() ? 200'000 : 0, .stop = calculator.stop()});
  math::Estimate summary{
      .evaluations = found.evaluations, .status = found.status, .reason = found.reason};
  for (const math::Discontinuity& jump : found.discontinuities)
    calculator.note(
        fmt::format("at {:.10g} there is a {}, no solution", jump.x, jump.pole ? "pole" : "jump"));
  std::vector<Value> solutions;
  summary.error = 0;
  for (const math::IntervalRoot& root : found.roots) {
    solutions.emplace_back(root.x);
    summary.error = std::max(summary.error, root.error);
  }
  for (const math::Interval& zero : found.zero_intervals)
    solutions.emplace_back(every_x(variable_name(arguments[1], "solve"), zero));
  if (found.roots.size() == 1 && solutions.size() == 1)
    return summary.value = found.roots[0].x, calculator.use(summary);
  if (solutions.empty() && found.status == Status::converged)
    calculator.note(fmt::format("no solution between {} and {}", a, b));
  summary.value = 0;
  (void)calculator.use(summary);
  return one_or_several(std::move(solutions));
}

Value solve_from(Calculator& calculator, const std::vector<Expression>& arguments,
                 const Scope& scope) {
  const BoundFormula f = function_of(calculator, difference(arguments[0]), arguments[1], scope);
  const double start = real_argument(calculator, arguments[2], scope, "solve: the start");
  return calculator.use(math::newton_root(f, start, {.stop = calculator.stop()}));
}

/// solve([f = 0, g = 0], [x, y], [x0, y0])
Value solve_system(Calculator& calculator, const std::vector<Expression>& arguments,
                   const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "solve");
  std::vector<BoundFormula> equations;
  std::vector<std::vector<BoundFormula>> slopes;
  for (const Expression& equation : differences(entries(arguments[0]))) {
    const Expression closed = calculator.close(equation, scope, names);
    equations.emplace_back(calculator, closed, names);
    auto& row = slopes.emplace_back();
    for (const std::string& name : names) {
      try {
        row.emplace_back(calculator, differentiated(closed, name).value, names);
      } catch (const DomainError&) { slopes.clear(); }
      if (slopes.empty()) break;
    }
    if (slopes.empty()) break;
  }
  while (equations.size() < entries(arguments[0]).size())
    equations.emplace_back(
        calculator,
        calculator.close(differences(entries(arguments[0]))[equations.size()], scope, names),
        names);
  const Vec start = real_vector(calculator.evaluate(arguments[2], scope), "solve: the start");
  require<DimensionError>(equations.size() == names.size() && start.size() == std::ssize(names),
                          "solve: {} equations, {} variables and {} numbers to start from",
                          equations.size(), names.size(), start.size());
  const auto residuals = [&](const Vec& x) {
    Vec values(x.size());
    for (Index i = 0; i < x.size(); ++i) values[i] = equations[static_cast<std::size_t>(i)](x);
    return values;
  };
  math::SolveSystemOptions options{.stop = calculator.stop()};
  if (slopes.size() == equations.size())
    options.jacobian = [&](const Vec& x) {
      Mat matrix(x.size(), x.size());
      for (Index i = 0; i < x.size(); ++i)
        for (Index j = 0; j < x.size(); ++j)
          matrix(i, j) = slopes[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)](x);
      return matrix;
    };
  const math::SystemRoot root = math::solve_system(residuals, start, options);
  (void)calculator.use({.value = 0.0,
                        .error = root.error.size() > 0 ? root.error.maxCoeff() : 0.0,
                        .evaluations = root.evaluations,
                        .status = root.status,
                        .reason = root.reason});
  return row_of(root.x);
}

void refuse_comparison(const Expression& argument) {
  const auto* operation = argument.as<Expression::Operation>();
  if (!operation) return;
  for (const Operator op : {Operator::less, Operator::less_equal, Operator::greater,
                            Operator::greater_equal, Operator::not_equal, Operator::equal})
    require(operation->op != op, "solve takes equations, f = g or f that is to be 0, not {}",
            to_string(argument));
}

Value solve(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  refuse_comparison(arguments[0]);
  if (arguments[0].as<Expression::Matrix>()) {
    require(arguments.size() == 3, "solve: a system takes [equations], [variables], [start]");
    return solve_system(calculator, arguments, scope);
  }
  return arguments.size() == 4 ? solve_on_interval(calculator, arguments, scope)
                               : solve_from(calculator, arguments, scope);
}

/// roots([1, 0, -2]) or roots(x^2 - 2): all complex roots.
Value roots(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const math::PolynomialRoots found = math::polynomial_roots(
      polynomial_coefficients(calculator, arguments, scope), {.stop = calculator.stop()});
  math::Estimate summary{.value = 0.0,
                         .error = 0.0,
                         .evaluations = found.evaluations,
                         .status = found.status,
                         .reason = found.reason};
  List list;
  for (const math::PolynomialRoot& root : found.roots) {
    summary.error = std::max(summary.error, root.error);
    for (int k = 0; k < root.multiplicity; ++k) list.items.push_back(simplest(root.value));
    if (root.multiplicity > 1)
      calculator.note(fmt::format("{} is a root {} times", root.value.real(), root.multiplicity));
  }
  (void)calculator.use(summary);
  return list;
}

/// The start of t in ode: 0, or t = t0 written out.
std::pair<std::string, double> time_argument(Calculator& calculator, const Expression& argument,
                                             const Scope& scope) {
  const auto* equation = argument.as<Expression::Operation>();
  if (!equation || equation->op != Operator::equation) return {variable_name(argument, "ode"), 0.0};
  return {variable_name(equation->operands[0], "ode"),
          real_argument(calculator, equation->operands[1], scope, "ode: the first time")};
}

/// ode(f, t, y, y0, t1): y at t1 where y' = f(t, y) and y(0) = y0; for another first time write
/// t = t0; for a system [f, g], t, [y, z], [y0, z0].
Value ode(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const auto [t, t0] = time_argument(calculator, arguments[1], scope);
  const std::vector<std::string> unknown = variable_names(arguments[2], "ode");
  std::vector<std::string> names{t};
  names.insert(names.end(), unknown.begin(), unknown.end());
  std::vector<BoundFormula> slopes;
  for (const Expression& f : entries(arguments[0]))
    slopes.emplace_back(calculator, calculator.close(f, scope, names), names);
  const Vec start = real_vector(calculator.evaluate(arguments[3], scope), "ode: y0");
  const double end = real_argument(calculator, arguments[4], scope, "ode: t1");
  require<DimensionError>(slopes.size() == unknown.size() && start.size() == std::ssize(unknown),
                          "ode: {} equations, {} unknowns and {} numbers to start from",
                          slopes.size(), unknown.size(), start.size());
  bool still = true;  // what moves nothing at all may have been stepped over
  std::vector<double> at(names.size());
  const auto right = [&](double time, const Vec& y, Vec& slope) {
    at[0] = time;
    std::copy(y.begin(), y.end(), at.begin() + 1);
    for (Index i = 0; i < y.size(); ++i) slope[i] = slopes[static_cast<std::size_t>(i)](at);
    still = still && slope.isZero(0);
  };
  const math::OdeSolution solution =
      math::solve_ode(right, t0, start, end,
                      {.samples = scope.empty() ? 200'000 : 4096, .stop = calculator.stop()});
  math::Estimate summary{.error = solution.error.size() > 0
                                      ? solution.error.maxCoeff()
                                      : std::numeric_limits<double>::infinity(),
                         .evaluations = solution.evaluations,
                         .status = solution.status,
                         .reason = solution.reason};
  if (solution.status == Status::divergent) summary.error = 0;
  const bool depends = std::any_of(slopes.begin(), slopes.end(), [&](const BoundFormula& slope) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return contains(math::simplify(slope.formula()), name);
    });
  });
  if (still && depends && solution.status == Status::converged) {
    summary.status = Status::suspicious;
    summary.reason =
        fmt::format("the right side is 0 at all {} points looked at", solution.evaluations);
  }
  summary.value = start.size() == 1 ? solution.y[0] : 0.0;
  const double first = calculator.use(summary);
  if (start.size() == 1) return first;
  return row_of(solution.y);
}

}  // namespace

void add_equation_functions(FormulaFunctions& functions) {
  functions["solve"] = {3, 4, solve};
  functions["roots"] = {1, 2, roots};
  functions["ode"] = {5, 5, ode};
}

}  // namespace mathtool::cli
