#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lexer.hpp"
#include "mathtool/math/expression/expression.hpp"
#include "operators.hpp"

namespace mathtool::math {
namespace {

std::string quoted(const std::string& text, char quote) {
  std::string result(1, quote);
  for (const char c : text) result += c == quote ? std::string(2, c) : std::string(1, c);
  return result + quote;
}

/// In backticks unless the lexer would read it as one name without them.
std::string name_text(const std::string& name) {
  return is_plain_name(name) ? name : quoted(name, '`');
}

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return fmt::format("{}", value);
}

Strength strength_of(const Expression& expression) {
  if (const auto* operation = expression.as<Expression::Operation>())
    return syntax_of(operation->op).strength;
  const auto* number = expression.as<Expression::Number>();
  return number && std::signbit(number->value) ? Strength::negation : Strength::atom;
}

/// The least strength with which an operand stands without parentheses.
Strength strength_wanted(const OperatorSyntax& syntax, bool first) {
  switch (syntax.strength) {
    // Whatever binds more strongly than logic would do, but !(a < b) is clearer than !a < b.
    case Strength::logical_negation: return Strength::negation;
    case Strength::negation: return Strength::negation;
    case Strength::factorial: return Strength::factorial;
    case Strength::power: return first ? Strength::factorial : Strength::negation;
    case Strength::comparison: return Strength::sum;
    default: return first ? syntax.strength : next(syntax.strength);
  }
}

bool is_operation(const Expression& expression, Operator op) {
  const auto* operation = expression.as<Expression::Operation>();
  return operation && operation->op == op;
}

std::string operand_text(const OperatorSyntax& syntax, const Expression& operand, bool first) {
  const bool merges = syntax.chains && is_operation(operand, syntax.op);
  const bool bare = !merges && strength_of(operand) >= strength_wanted(syntax, first);
  return bare ? to_string(operand) : "(" + to_string(operand) + ")";
}

std::string operation_text(const Expression::Operation& operation) {
  const OperatorSyntax& syntax = syntax_of(operation.op);
  std::string text = operand_text(syntax, operation.operands[0], true);
  if (syntax.fixity == Fixity::prefix) return std::string(syntax.symbol) + text;
  if (syntax.fixity == Fixity::postfix) return text + std::string(syntax.symbol);
  const char* blank = syntax.op == Operator::power ? "" : " ";
  for (std::size_t i = 1; i < operation.operands.size(); ++i)
    text += fmt::format("{}{}{}{}", blank, syntax.symbol, blank,
                        operand_text(syntax, operation.operands[i], false));
  return text;
}

std::string call_text(const Expression::Call& call) {
  std::string arguments;
  for (const Expression& argument : call.arguments)
    arguments += (arguments.empty() ? "" : ", ") + to_string(argument);
  return name_text(call.function) + "(" + arguments + ")";
}

struct Writer {
  std::string operator()(const Expression::Number& number) const {
    return number_text(number.value);
  }
  std::string operator()(const Expression::Text& text) const { return quoted(text.value, '"'); }
  std::string operator()(const Expression::Variable& variable) const {
    return name_text(variable.name);
  }
  std::string operator()(const Expression::Operation& operation) const {
    return operation_text(operation);
  }
  std::string operator()(const Expression::Call& call) const { return call_text(call); }
};

}  // namespace

std::string to_string(const Expression& expression) {
  return std::visit(Writer(), expression.node());
}

}  // namespace mathtool::math
