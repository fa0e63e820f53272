#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/calculus/derivative.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

bool has_corners(const Expression& f) {
  if (const auto* call = f.as<Expression::Call>())
    for (const char* name :
         {"abs", "sign", "floor", "ceil", "round", "trunc", "mod", "min", "max", "if"})
      if (call->function == name) return true;
  if (const auto* operation = f.as<Expression::Operation>())
    if (operation->op == Operator::modulo) return true;
  const std::vector<Expression> parts = children(f);
  return std::any_of(parts.begin(), parts.end(), has_corners);
}

/// Rules differentiate abs, floor and the like between their corners; whether the point is one
/// shows next to it. Throws: NotEstablished where f, or one of its derivatives up to the last that
/// is given, jumps.
void require_smooth(Calculator& calculator, const std::vector<Expression>& f_and_derivatives,
                    const std::string& x, double at) {
  constexpr double step = 1e-7, tolerance = 1e-3;
  if (!has_corners(f_and_derivatives[0])) return;
  const double h = step * std::max(1.0, std::abs(at));
  for (const Expression& formula : f_and_derivatives) {
    const BoundFormula f(calculator, formula, {x});
    const double left = f(at - h), right = f(at + h),
                 width = std::abs(f(at + 2 * h) - right) + std::abs(left - f(at - 2 * h));
    if (!(std::abs(right - left) <=
          tolerance * std::max(std::abs(left), std::abs(right)) + 4 * width))
      throw NotEstablished(
          Status::not_finite,
          fmt::format(
              "there is no derivative at {}: {} is {:.6g} on the left and {:.6g} on the right", at,
              to_string(formula), left, right));
  }
}

long long order_argument(Calculator& calculator, const std::vector<Expression>& arguments,
                         const Scope& scope) {
  if (arguments.size() < 3) return 1;
  const long long n = whole_number(calculator.evaluate(arguments[2], scope), "diff: the order");
  require(0 <= n && n <= 50, "diff: the order must be 0 to 50, got {}", n);
  return n;
}

/// By differences, where no rule leads to the derivative.
Value numerical(Calculator& calculator, const Expression& f, const std::string& x, long long n,
                double at, const std::string& why) {
  require(1 <= n && n <= 8, "{}, and differences reach to order 8", why);
  const BoundFormula function(calculator, f, {x});
  calculator.note(why + ": taken by differences");
  return calculator.use(math::numerical_derivative(function, at, {.order = static_cast<int>(n)}));
}

Value diff(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const std::string x = variable_name(arguments[1], "diff");
  const long long n = order_argument(calculator, arguments, scope);
  const Expression f = closed_symbolic(calculator, arguments[0], scope, {x}, arguments.size() < 4);
  if (arguments.size() < 4) return at_scope(calculator, derivative(calculator, f, x, n), x, scope);
  const Expression point = calculator.close(arguments[3], scope, {});
  try {
    std::vector<Expression> derivatives{f};
    for (long long k = 0; k < n; ++k)
      derivatives.push_back(derivative(calculator, derivatives.back(), x, 1));
    require_smooth(calculator, derivatives, x,
                   real_argument(calculator, point, {}, "diff: the place"));
    const double value = number_at(calculator, substitute(derivatives.back(), x, point));
    if (std::isnan(value))
      throw NotEstablished(Status::not_finite,
                           fmt::format("diff: no derivative at {}", to_string(point)));
    return value;
  } catch (const DomainError& error) {
    return numerical(calculator, f, x, n,
                     real_argument(calculator, arguments[3], scope, "diff: the place"),
                     error.what());
  }
}

Expression inline_diff(Calculator& calculator, const std::vector<Expression>& arguments) {
  if (arguments.size() > 3) return Expression(Expression::Call{"diff", arguments});
  return derivative(calculator, arguments[0], variable_name(arguments[1], "diff"),
                    order_argument(calculator, arguments, {}));
}

}  // namespace

void add_derivative_functions(FormulaFunctions& functions) {
  functions["diff"] = {2, 4, diff, inline_diff};
}

}  // namespace mathtool::cli
