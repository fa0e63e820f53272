#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

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
  return is_plain_name(name) || name.starts_with('@') ? name : quoted(name, '`');
}

std::string number_text(const Expression::Number& number) {
  if (!number.written.empty()) return number.written;
  if (std::isnan(number.value)) return "nan";
  if (std::isinf(number.value)) return number.value > 0 ? "inf" : "-inf";
  return fmt::format("{}", number.value);
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
    case Strength::postfix: return Strength::postfix;
    case Strength::power: return first ? Strength::postfix : Strength::negation;
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

std::string list_text(std::span<const Expression> items) {
  std::string text;
  for (const Expression& item : items) text += (text.empty() ? "" : ", ") + to_string(item);
  return text;
}

std::string matrix_text(const Expression::Matrix& matrix) {
  std::string text;
  for (const auto& row : matrix.rows) text += (text.empty() ? "" : "; ") + list_text(row);
  return "[" + text + "]";
}

std::string operation_text(const Expression::Operation& operation) {
  const OperatorSyntax& syntax = syntax_of(operation.op);
  std::string text = operand_text(syntax, operation.operands[0], true);
  if (syntax.fixity == Fixity::prefix) return std::string(syntax.symbol) + text;
  if (syntax.fixity == Fixity::postfix) return text + std::string(syntax.symbol);
  if (syntax.fixity == Fixity::bracket)
    return fmt::format("{}[{}]", text, list_text(std::span(operation.operands).subspan(1)));
  const char* blank = syntax.strength == Strength::power ? "" : " ";
  for (std::size_t i = 1; i < operation.operands.size(); ++i)
    text += fmt::format("{}{}{}{}", blank, syntax.symbol, blank,
                        operand_text(syntax, operation.operands[i], false));
  return text;
}

struct TextWriter {
  std::string operator()(const Expression::Number& number) const { return number_text(number); }
  std::string operator()(const Expression::Text& text) const { return quoted(text.value, '"'); }
  std::string operator()(const Expression::Variable& variable) const {
    return name_text(variable.name);
  }
  std::string operator()(const Expression::Operation& operation) const {
    return operation_text(operation);
  }
  std::string operator()(const Expression::Call& call) const {
    return name_text(call.function) + "(" + list_text(call.arguments) + ")";
  }
  std::string operator()(const Expression::Matrix& matrix) const { return matrix_text(matrix); }
};

}  // namespace

std::string to_string(const Expression& expression) {
  return std::visit(TextWriter(), expression.node());
}

}  // namespace mathtool::math
