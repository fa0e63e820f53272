#include "mathtool/math/expression/expression.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "mathtool/math/error.hpp"
#include "operators.hpp"

namespace mathtool::math {
namespace {

/// Calls `visit` with each part of a node, from left to right.
template <class Visit>
void for_each_part(const Expression::Node& node, Visit&& visit) {
  if (const auto* operation = std::get_if<Expression::Operation>(&node)) {
    for (const Expression& operand : operation->operands) visit(operand);
  } else if (const auto* call = std::get_if<Expression::Call>(&node)) {
    for (const Expression& argument : call->arguments) visit(argument);
  } else if (const auto* matrix = std::get_if<Expression::Matrix>(&node)) {
    for (const auto& row : matrix->rows)
      for (const Expression& entry : row) visit(entry);
  }
}

void require_operands(const Expression::Operation& operation) {
  const OperatorSyntax& syntax = syntax_of(operation.op);
  const std::size_t least =
      syntax.fixity == Fixity::infix || syntax.fixity == Fixity::bracket ? 2 : 1;
  const std::size_t most = syntax.chains                      ? operation.operands.size()
                           : syntax.fixity == Fixity::bracket ? 3
                                                              : least;
  const std::size_t count = operation.operands.size();
  require(least <= count && count <= most, "expression: operator {} takes {} operands, got {}",
          syntax.symbol, least, count);
}

void require_rows(const Expression::Matrix& matrix) {
  require(!matrix.rows.empty() && !matrix.rows[0].empty(), "expression: a matrix without entries");
  for (const auto& row : matrix.rows)
    require(row.size() == matrix.rows[0].size(),
            "expression: rows of one matrix have {} and {} entries", matrix.rows[0].size(),
            row.size());
}

void collect(const Expression& expression, std::unordered_set<std::string>& seen,
             std::vector<std::string>& names) {
  if (const auto* variable = expression.as<Expression::Variable>())
    if (seen.insert(variable->name).second) names.push_back(variable->name);
  for_each_part(expression.node(), [&](const Expression& part) { collect(part, seen, names); });
}

}  // namespace

struct Expression::Shared {
  Node node;
  int column;
  int depth;
};

Expression::Expression(Node node, int column) {
  int depth = 1;
  for_each_part(node,
                [&](const Expression& part) { depth = std::max(depth, part.shared_->depth + 1); });
  require(depth <= max_depth, "expression: more than {} levels deep", max_depth);
  if (const auto* operation = std::get_if<Operation>(&node)) require_operands(*operation);
  if (const auto* matrix = std::get_if<Matrix>(&node)) require_rows(*matrix);
  shared_ = std::make_shared<const Shared>(Shared{std::move(node), column, depth});
}

const Expression::Node& Expression::node() const { return shared_->node; }

int Expression::column() const { return shared_->column; }

bool Expression::Operation::operator==(const Operation& other) const {
  return op == other.op && operands == other.operands;
}

bool Expression::Call::operator==(const Call& other) const {
  return function == other.function && arguments == other.arguments;
}

bool Expression::Matrix::operator==(const Matrix& other) const { return rows == other.rows; }

bool Expression::operator==(const Expression& other) const {
  return shared_ == other.shared_ || node() == other.node();
}

std::vector<Expression> children(const Expression& expression) {
  std::vector<Expression> parts;
  for_each_part(expression.node(), [&](const Expression& part) { parts.push_back(part); });
  return parts;
}

Expression with_children(const Expression& expression, std::vector<Expression> parts) {
  if (const auto* operation = expression.as<Expression::Operation>())
    return Expression(Expression::Operation{operation->op, std::move(parts)}, expression.column());
  if (const auto* call = expression.as<Expression::Call>())
    return Expression(Expression::Call{call->function, std::move(parts)}, expression.column());
  if (const auto* matrix = expression.as<Expression::Matrix>()) {
    Expression::Matrix made = *matrix;
    std::size_t next = 0;
    for (auto& row : made.rows)
      for (Expression& entry : row) entry = std::move(parts[next++]);
    return Expression(std::move(made), expression.column());
  }
  return expression;
}

bool contains(const Expression& expression, std::string_view variable) {
  if (const auto* name = expression.as<Expression::Variable>()) return name->name == variable;
  bool found = false;
  for_each_part(expression.node(),
                [&](const Expression& part) { found = found || contains(part, variable); });
  return found;
}

Expression substitute(const Expression& expression, std::string_view variable,
                      const Expression& replacement) {
  if (const auto* name = expression.as<Expression::Variable>())
    return name->name == variable ? replacement : expression;
  if (!contains(expression, variable)) return expression;
  std::vector<Expression> parts = children(expression);
  for (Expression& part : parts) part = substitute(part, variable, replacement);
  return with_children(expression, std::move(parts));
}

std::vector<std::string> variables(const Expression& expression) {
  std::unordered_set<std::string> seen;
  std::vector<std::string> names;
  collect(expression, seen, names);
  return names;
}

}  // namespace mathtool::math
