#include <fmt/core.h>

#include <utility>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/expression/latex.hpp"
#include "mathtool/math/symbolic/antiderivative.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

Expression found_antiderivative(Calculator& calculator, const Expression& f, const std::string& x) {
  math::Antiderivative found = math::antiderivative(
      f, x, functions_with_rules(), {.explain = calculator.explains(), .stop = calculator.stop()});
  calculator.explain(std::move(found.steps));
  if (!found.value) throw NotEstablished(Status::stalled, found.reason);
  return *found.value;
}

Value antiderivative(Calculator& calculator, const std::vector<Expression>& arguments,
                     const Scope& scope) {
  const std::string x = variable_name(arguments[1], "antiderivative");
  const Expression f = closed_symbolic(calculator, arguments[0], scope, {x}, true);
  return at_scope(calculator, found_antiderivative(calculator, f, x), x, scope);
}

Expression inline_antiderivative(Calculator& calculator, const std::vector<Expression>& arguments) {
  return found_antiderivative(calculator, arguments[0],
                              variable_name(arguments[1], "antiderivative"));
}

/// A formula whose unknown names stand for themselves.
Expression symbolic(Calculator& calculator, const Expression& argument, const Scope& scope) {
  return closed_symbolic(calculator, argument, scope, {}, true);
}

/// Bound variables got names of their own when the formula was closed; in each call they get back
/// those that were typed, with a number behind where another variable in it has the same.
Expression as_typed(const Expression& formula) {
  std::vector<Expression> parts = children(formula);
  for (Expression& part : parts) part = as_typed(part);
  Expression result = parts.empty() ? formula : with_children(formula, std::move(parts));
  const auto* call = result.as<Expression::Call>();
  if (!call || formula_functions().count(call->function) == 0) return result;
  for (const std::string& bound : bound_variables(call->function, call->arguments)) {
    const std::size_t length = bound.find(bound_mark);
    if (length == std::string::npos) continue;
    const std::string typed = bound.substr(0, length);
    std::string name = typed;
    for (int k = 1; contains(result, name); ++k) name = fmt::format("{}_{}", typed, k);
    result = substitute(result, bound, Expression(Expression::Variable{name}));
  }
  return result;
}

Value simplify(Calculator& calculator, const std::vector<Expression>& arguments,
               const Scope& scope) {
  return as_typed(math::simplify(symbolic(calculator, arguments[0], scope)));
}

Expression inline_simplify(Calculator&, const std::vector<Expression>& arguments) {
  return math::simplify(arguments[0]);
}

Value latex(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  return math::to_latex(as_typed(symbolic(calculator, arguments[0], scope)));
}

}  // namespace

void add_symbolic_functions(FormulaFunctions& functions) {
  functions["antiderivative"] = {2, 2, antiderivative, inline_antiderivative};
  functions["simplify"] = {1, 1, simplify, inline_simplify};
  functions["latex"] = {1, 1, latex};
}

}  // namespace mathtool::cli
