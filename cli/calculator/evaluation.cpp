// What a formula of the calculator's language comes to.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/calculator/arithmetic.hpp"
#include "cli/calculator/calculator.hpp"
#include "cli/calculator/call_level.hpp"
#include "cli/calculator/constants.hpp"
#include "cli/calculator/matrix_arithmetic.hpp"
#include "cli/calculator/number_functions.hpp"
#include "cli/calculator/refusal.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

/// The whole number that the shortest decimal of x says: 2432902008176640000
/// of 2.43290200817664e+18.
Integer written_out(double x) {
  const std::string shown = fmt::format("{}", std::abs(x));
  const std::size_t end = std::min(shown.find('e'), shown.size());
  std::string digits;
  for (const char c : std::string_view(shown).substr(0, end))
    if (c != '.') digits += c;
  const std::size_t exponent = end == shown.size() ? 0 : std::stoul(shown.substr(end + 2));
  if (exponent > 0) digits.append(exponent + 1 - digits.size(), '0');
  return x < 0 ? Integer(-Integer(digits)) : Integer(digits);
}

/// Exact where it was written exactly: whole numbers. A larger one of few digits, as 1e30, is a
/// double.
Value number(const Expression::Number& number) {
  constexpr double largest = 1e21;
  const std::string& written = number.written;
  if (!written.empty() && written.find_first_not_of("0123456789") == std::string::npos)
    return Rational(Integer(written));
  if (written.empty() && number.value == std::floor(number.value) &&
      std::abs(number.value) <= largest)
    return Rational(written_out(number.value));
  return number.value;
}

bool is_word(const Expression& argument, const ValueFunction& function) {
  const auto* name = argument.as<Expression::Variable>();
  return name && std::find(function.words.begin(), function.words.end(), name->name) !=
                     function.words.end();
}

}  // namespace

Value Calculator::evaluate(const Expression& expression, const Scope& scope) {
  options_.stop.check();
  if (const auto* written = expression.as<Expression::Number>()) return number(*written);
  if (const auto* text = expression.as<Expression::Text>()) return text->value;
  if (const auto* variable = expression.as<Expression::Variable>())
    return value_of(expression, *variable, scope);
  if (const auto* operation = expression.as<Expression::Operation>())
    return value_of(expression, *operation, scope);
  if (const auto* matrix = expression.as<Expression::Matrix>()) return value_of(*matrix, scope);
  return value_of(expression, *expression.as<Expression::Call>(), scope);
}

Value Calculator::value_of(const Expression& expression, const Expression::Variable& variable,
                           const Scope& scope) {
  for (const Scope* names : {&scope, static_cast<const Scope*>(&variables_), &constants()})
    if (const auto found = names->find(variable.name); found != names->end()) return found->second;
  if (variable.name.starts_with('@')) return file_column(variable.name);
  refuse_name(expression, variable.name, scope);
}

Value Calculator::value_of(const Expression& expression, const Expression::Operation& operation,
                           const Scope& scope) {
  const auto& operands = operation.operands;
  // The second side of && and || counts only where the first leaves it open.
  if (operation.op == Operator::logical_and || operation.op == Operator::logical_or) {
    const bool decided = operation.op == Operator::logical_or;
    for (const Expression& operand : operands)
      if (is_true(evaluate(operand, scope)) == decided) return Rational(decided ? 1 : 0);
    return Rational(decided ? 0 : 1);
  }
  std::vector<Value> values;
  bool formula = false;
  for (const Expression& operand : operands) {
    values.push_back(evaluate(operand, scope));
    formula = formula || values.back().is<Expression>();
  }
  try {
    if (formula) {
      std::vector<Expression> parts;
      for (const Value& value : values) parts.push_back(to_expression(value));
      return math::simplify(with_children(expression, std::move(parts)));
    }
    if (operation.op == Operator::element)
      return element(values[0], {values.begin() + 1, values.end()});
    if (values.size() == 1) return calculate(operation.op, values[0]);
    Value result = values[0];
    for (std::size_t i = 1; i < values.size(); ++i) {
      require_room_for_both(result, values[i]);
      result = calculate(operation.op, result, values[i]);
    }
    return result;
  } catch (const DimensionError& error) { refuse(expression, error.what()); }
}

/// A product or a sum of matrices has at most the rows of one and the columns of the other.
void Calculator::require_room_for_both(const Value& a, const Value& b) const {
  const auto shape = [](const Value& value) {
    if (const auto* real = value.as<Mat>()) return std::pair(real->rows(), real->cols());
    if (const auto* complex = value.as<ComplexMat>())
      return std::pair(complex->rows(), complex->cols());
    return std::pair(Index{1}, Index{1});
  };
  const auto [rows, columns] = shape(a);
  const auto [other_rows, other_columns] = shape(b);
  require_room(static_cast<double>(std::max(rows, other_rows)),
               static_cast<double>(std::max(columns, other_columns)));
}

Value Calculator::value_of(const Expression::Matrix& matrix, const Scope& scope) {
  std::vector<std::vector<Value>> rows;
  bool formula = false;
  for (const auto& row : matrix.rows) {
    auto& values = rows.emplace_back();
    for (const Expression& entry : row) {
      values.push_back(evaluate(entry, scope));
      formula = formula || values.back().is<Expression>();
    }
  }
  if (!formula) return matrix_of(rows);
  Expression::Matrix formulas;
  for (const auto& row : rows) {
    auto& made = formulas.rows.emplace_back();
    for (const Value& value : row) made.push_back(to_expression(value));
  }
  return Expression(std::move(formulas));
}

Value Calculator::value_of(const Expression& expression, const Expression::Call& call,
                           const Scope& scope) {
  const std::string& name = call.function;
  if (name == "if") {
    require_count(name, call.arguments.size(), 3, 3);
    return evaluate(call.arguments[is_true(evaluate(call.arguments[0], scope)) ? 1 : 2], scope);
  }
  if (const auto found = formula_functions().find(name); found != formula_functions().end()) {
    require_count(name, call.arguments.size(), found->second.min_arguments,
                  found->second.max_arguments);
    const CallLevel level(*this, name);
    return speaking_of(name, [&] { return found->second.apply(*this, call.arguments, scope); });
  }
  const auto of_values = value_functions().find(name);
  std::vector<Value> arguments;
  bool formula = false;
  for (const Expression& argument : call.arguments) {
    const bool word = of_values != value_functions().end() && is_word(argument, of_values->second);
    arguments.push_back(word ? Value(argument.as<Expression::Variable>()->name)
                             : evaluate(argument, scope));
    formula = formula || arguments.back().is<Expression>();
  }
  if (const auto found = functions_.find(name); found != functions_.end())
    return call_user(name, found->second, std::move(arguments));
  if (of_values != value_functions().end()) {
    const ValueFunction& function = of_values->second;
    require_count(name, arguments.size(), function.min_arguments, function.max_arguments);
    return speaking_of(name, [&] { return function.apply(*this, arguments); });
  }
  if (!is_number_function(name)) refuse_function(expression, name);
  if (formula) {
    std::vector<Expression> parts;
    for (const Value& value : arguments) parts.push_back(to_expression(value));
    return math::simplify(with_children(expression, std::move(parts)));
  }
  return apply_function(name, arguments);
}

Value Calculator::call_user(const std::string& name, const UserFunction& function,
                            std::vector<Value> arguments) {
  const CallLevel level(*this, name);
  const auto count = static_cast<int>(function.parameters.size());
  require_count(name, arguments.size(), count, count);
  Scope inner;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    inner.insert_or_assign(function.parameters[i], std::move(arguments[i]));
  return evaluate(function.body, inner);
}

}  // namespace mathtool::cli
