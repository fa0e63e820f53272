#include "mathtool/math/expression/expression.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "mathtool/math/error.hpp"
#include "operators.hpp"

namespace mathtool::math {
namespace {

/// What a node is made of: the operands of an operator, the arguments of a call.
const std::vector<Expression>* children(const Expression::Node& node) {
  if (const auto* operation = std::get_if<Expression::Operation>(&node))
    return &operation->operands;
  if (const auto* call = std::get_if<Expression::Call>(&node)) return &call->arguments;
  return nullptr;
}

void require_operands(const Expression::Operation& operation) {
  const OperatorSyntax& syntax = syntax_of(operation.op);
  const std::size_t least = syntax.fixity == Fixity::infix ? 2 : 1;
  const std::size_t count = operation.operands.size();
  require(count == least || (syntax.chains && count > least),
          "expression: operator {} takes {} operands, got {}", syntax.symbol, least, count);
}

void collect(const Expression& expression, std::unordered_set<std::string>& seen,
             std::vector<std::string>& names) {
  if (const auto* variable = expression.as<Expression::Variable>())
    if (seen.insert(variable->name).second) names.push_back(variable->name);
  if (const auto* parts = children(expression.node()))
    for (const Expression& part : *parts) collect(part, seen, names);
}

}  // namespace

struct Expression::Shared {
  Node node;
  int column;
  int depth;
};

Expression::Expression(Node node, int column) {
  int depth = 1;
  if (const auto* parts = children(node))
    for (const Expression& part : *parts) depth = std::max(depth, part.shared_->depth + 1);
  require(depth <= max_depth, "expression: more than {} levels deep", max_depth);
  if (const auto* operation = std::get_if<Operation>(&node)) require_operands(*operation);
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

bool Expression::operator==(const Expression& other) const {
  return shared_ == other.shared_ || node() == other.node();
}

std::vector<std::string> variables(const Expression& expression) {
  std::unordered_set<std::string> seen;
  std::vector<std::string> names;
  collect(expression, seen, names);
  return names;
}

}  // namespace mathtool::math
