#include <fmt/core.h>

#include <cmath>
#include <optional>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/series_derivative.hpp"
#include "cli/calculator/smoothness.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/calculus/derivative.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

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

/// The order from which on a power series costs less than the formula of the derivative.
constexpr long long least_by_series = 4;

Value diff(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const std::string x = variable_name(arguments[1], "diff");
  const long long n = order_argument(calculator, arguments, scope);
  const Expression f = closed_symbolic(calculator, arguments[0], scope, {x}, arguments.size() < 4);
  if (arguments.size() < 4) return at_scope(calculator, derivative(calculator, f, x, n), x, scope);
  const Expression point = calculator.close(arguments[3], scope, {});
  if (n >= least_by_series && !has_corners(f) && !calculator.explains())
    if (const std::optional<double> value = series_derivative(f, x, point, static_cast<int>(n)))
      return calculator.use({.value = *value,
                             .error = 0x1p-53 * std::abs(*value),
                             .evaluations = 1,
                             .status = Status::converged});
  try {
    std::vector<Expression> derivatives{f};
    for (long long k = 0; k < n; ++k)
      derivatives.push_back(derivative(calculator, derivatives.back(), x, 1));
    for (std::size_t k = 0; k + 1 < derivatives.size(); ++k)
      require_smooth(calculator, derivatives[k], {derivatives[k + 1]}, {x}, {point});
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
