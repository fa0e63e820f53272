#include "cli/calculator/bound_formula.hpp"

#include <fmt/core.h>

#include <cmath>
#include <limits>
#include <utility>

#include "cli/calculator/number_functions.hpp"
#include "cli/calculator/precise_formula.hpp"
#include "cli/distribution/numeric_verbs.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

const math::ScalarFunctions<double>& real_functions() {
  static const math::ScalarFunctions<double> functions = math::scalar_functions(number_functions());
  return functions;
}

math::ScalarProgram<double> compiled(const Expression& formula,
                                     const std::vector<std::string>& variables) {
  if (!has_verb_of_distribution(formula))
    return math::ScalarProgram<double>(formula, variables, real_functions());
  math::ScalarFunctions<double> functions = real_functions();
  const Expression numeric = with_numeric_verbs(formula, variables, functions);
  return math::ScalarProgram<double>(numeric, variables, functions);
}

}  // namespace

BoundFormula::BoundFormula(Calculator& calculator, Expression closed,
                           std::vector<std::string> variables)
    : calculator_(&calculator), formula_(std::move(closed)), variables_(std::move(variables)) {
  try {
    program_ = compiled(formula_, variables_);
  } catch (const DomainError&) {  // more than numbers in it: the calculator itself evaluates it
  }
}

BoundFormula::BoundFormula(BoundFormula&&) noexcept = default;
BoundFormula::~BoundFormula() = default;

double BoundFormula::operator()(std::span<const double> x) const {
  if (program_) return program_->run(x, stack_);
  Scope scope;
  for (std::size_t i = 0; i < x.size(); ++i) scope.insert_or_assign(variables_[i], x[i]);
  try {
    const Value value = calculator_->evaluate(formula_, scope);
    if (value.is<Complex>()) return std::numeric_limits<double>::quiet_NaN();
    return real_number(value, to_string(formula_));
  } catch (const NotEstablished&) { return std::numeric_limits<double>::quiet_NaN(); }
}

const PreciseFormula* BoundFormula::precise() const {
  if (precise_ || !program_) return precise_.get();
  try {
    precise_ = std::make_unique<PreciseFormula>(formula_, variables_);
  } catch (const DomainError&) {  // a special function: known in double precision alone
  }
  return precise_.get();
}

BoundFormula function_of(Calculator& calculator, const Expression& formula, const Expression& name,
                         const Scope& scope) {
  const std::vector<std::string> variables{variable_name(name, "this function")};
  return BoundFormula(calculator, calculator.close(formula, scope, variables), variables);
}

std::string variable_name(const Expression& argument, const std::string& function) {
  const auto* variable = argument.as<Expression::Variable>();
  require(variable, "{}: the variable must be a name, not {}", function, to_string(argument));
  return variable->name;
}

std::vector<std::string> variable_names(const Expression& argument, const std::string& function) {
  std::vector<std::string> names;
  for (const Expression& entry : entries(argument)) names.push_back(variable_name(entry, function));
  return names;
}

std::vector<Expression> entries(const Expression& argument) {
  return argument.as<Expression::Matrix>() ? children(argument) : std::vector<Expression>{argument};
}

Expression difference(const Expression& equation) {
  const auto* operation = equation.as<Expression::Operation>();
  if (!operation || operation->op != math::Operator::equation) return equation;
  return Expression(Expression::Operation{math::Operator::subtract, operation->operands},
                    equation.column());
}

double real_argument(Calculator& calculator, const Expression& argument, const Scope& scope,
                     const std::string& what) {
  return real_number(calculator.evaluate(argument, scope), what);
}

}  // namespace mathtool::cli
