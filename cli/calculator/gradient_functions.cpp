#include <utility>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/smoothness.hpp"
#include "cli/calculator/symbolic_formula.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

Expression put_in(Expression formula, const std::vector<std::string>& names,
                  const std::vector<Expression>& values) {
  for (std::size_t i = 0; i < names.size(); ++i) formula = substitute(formula, names[i], values[i]);
  return formula;
}

/// The partial derivatives of one formula by each variable.
std::vector<Expression> partials(Calculator& calculator, const Expression& f,
                                 const std::vector<std::string>& names) {
  std::vector<Expression> row;
  for (const std::string& name : names) row.push_back(derivative(calculator, f, name, 1));
  return row;
}

/// The third argument: a closed formula for each variable.
std::vector<Expression> point_of(Calculator& calculator, const std::vector<std::string>& names,
                                 const std::vector<Expression>& arguments, const Scope& scope) {
  const std::vector<Expression> point = entries(calculator.close(arguments[2], scope, {}));
  require<DimensionError>(point.size() == names.size(), "{} variables, but a point of {} numbers",
                          names.size(), point.size());
  return point;
}

/// Partial derivatives, of one formula in each row: as they are, or numbers at the point of the
/// third argument.
Value formulas_or_numbers(Calculator& calculator, const std::vector<Expression>& formulas,
                          std::vector<std::vector<Expression>> rows,
                          const std::vector<std::string>& names,
                          const std::vector<Expression>& arguments, const Scope& scope) {
  if (arguments.size() < 3) return Expression(Expression::Matrix{std::move(rows)});
  const std::vector<Expression> point = point_of(calculator, names, arguments, scope);
  for (std::size_t i = 0; i < rows.size(); ++i)
    require_smooth(calculator, formulas[i], rows[i], names, point);
  Mat numbers(std::ssize(rows), std::ssize(rows[0]));
  for (Index i = 0; i < numbers.rows(); ++i)
    for (Index j = 0; j < numbers.cols(); ++j)
      numbers(i, j) = number_at(
          calculator,
          put_in(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)], names, point));
  return numbers;
}

Value grad(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "grad");
  const Expression f =
      closed_symbolic(calculator, arguments[0], scope, names, arguments.size() < 3);
  return formulas_or_numbers(calculator, {f}, {partials(calculator, f, names)}, names, arguments,
                             scope);
}

Value jacobian(Calculator& calculator, const std::vector<Expression>& arguments,
               const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "jacobian");
  std::vector<std::vector<Expression>> rows;
  const std::vector<Expression> components =
      entries(closed_symbolic(calculator, arguments[0], scope, names, arguments.size() < 3));
  for (const Expression& f : components) rows.push_back(partials(calculator, f, names));
  return formulas_or_numbers(calculator, components, std::move(rows), names, arguments, scope);
}

Value hessian(Calculator& calculator, const std::vector<Expression>& arguments,
              const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "hessian");
  const Expression f =
      closed_symbolic(calculator, arguments[0], scope, names, arguments.size() < 3);
  const std::vector<Expression> slopes = partials(calculator, f, names);
  std::vector<std::vector<Expression>> rows;
  for (const Expression& slope : slopes) rows.push_back(partials(calculator, slope, names));
  if (arguments.size() == 3)
    require_smooth(calculator, f, slopes, names, point_of(calculator, names, arguments, scope));
  return formulas_or_numbers(calculator, slopes, std::move(rows), names, arguments, scope);
}

/// directional(f, [x, y], [x0, y0], [v, w]): along the direction, of whatever length.
Value directional(Calculator& calculator, const std::vector<Expression>& arguments,
                  const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "directional");
  const Vec direction =
      real_vector(calculator.evaluate(arguments[3], scope), "directional: the direction");
  require<DimensionError>(direction.size() == std::ssize(names),
                          "directional: {} variables, but a direction of {} numbers", names.size(),
                          direction.size());
  require(direction.norm() > 0, "directional: the direction is 0");
  const Expression f = calculator.close(arguments[0], scope, names);
  const Value gradient = formulas_or_numbers(calculator, {f}, {partials(calculator, f, names)},
                                             names, arguments, scope);
  return real_vector(gradient, "the gradient").dot(direction) / direction.norm();
}

}  // namespace

void add_gradient_functions(FormulaFunctions& functions) {
  functions["grad"] = {2, 3, grad};
  functions["jacobian"] = {2, 3, jacobian};
  functions["hessian"] = {2, 3, hessian};
  functions["directional"] = {4, 4, directional};
}

}  // namespace mathtool::cli
