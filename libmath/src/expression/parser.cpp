#include "parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

ParsedExpression Parser::expression() {
  require(token_.kind != Token::Kind::end, "{}the expression is empty", source_.head());
  Expression whole = formula(Strength::disjunction);
  if (token_.kind != Token::Kind::end) refuse_operand();
  return {std::move(whole), std::move(notes_)};
}

ParsedProgram Parser::program() {
  std::vector<Statement> statements;
  while (true) {
    while (token_.is(";")) advance();
    if (token_.kind == Token::Kind::end) break;
    statements.push_back(statement());
    if (token_.kind != Token::Kind::end && !token_.is(";")) refuse_operand();
  }
  require(!statements.empty(), "{}the expression is empty", source_.head());
  return {std::move(statements), std::move(notes_)};
}

/// name = value, f(x, y) = formula, or a formula alone.
Statement Parser::statement() {
  Expression left = formula(Strength::disjunction);
  if (!token_.is("=")) return {.value = std::move(left)};
  const Position sign = advance().position;
  Statement result{.value = formula(Strength::disjunction)};
  if (const auto* variable = left.as<Expression::Variable>()) {
    result.name = variable->name;
    return result;
  }
  const auto* function = left.as<Expression::Call>();
  if (!function)
    source_.refuse(sign, "only a name or f(x) can stand before =; to compare write ==");
  result.name = function->function;
  result.defines_function = true;
  for (const Expression& parameter : function->arguments) {
    const auto* name = parameter.as<Expression::Variable>();
    if (!name) source_.refuse(sign, "the arguments of a function that is defined are names");
    const auto& known = result.parameters;
    if (std::find(known.begin(), known.end(), name->name) != known.end())
      source_.refuse(sign, fmt::format("two arguments are named '{}'", name->name));
    result.parameters.push_back(name->name);
  }
  return result;
}

Expression Parser::formula(Strength weakest) {
  if (++level_ > Expression::max_depth) refuse_depth(token_.position);
  Expression left = operand();
  Operator last = Operator::power;  // the one that made `left`
  for (const OperatorSyntax* syntax = infix_operator(); syntax && syntax->strength >= weakest;
       last = syntax->op, syntax = infix_operator()) {
    if (syntax->chains) {
      const bool ambiguous = last == Operator::divide && product_without_sign();
      const Expression first = left;
      left = chain(first, *syntax);
      if (ambiguous) note_reading(first, left.as<Expression::Operation>()->operands[1]);
    } else if (syntax->strength == Strength::comparison) {
      left = comparisons(std::move(left));
    } else {
      const Position position = advance().position;
      const bool from_right = syntax->strength == Strength::power;
      Expression right = formula(from_right ? syntax->strength : next(syntax->strength));
      left = make(Expression::Operation{syntax->op, {std::move(left), std::move(right)}}, position);
    }
  }
  --level_;
  return left;
}

/// a + b + c as one sum.
Expression Parser::chain(Expression first, const OperatorSyntax& syntax) {
  const Position position = token_.position;
  std::vector<Expression> operands{std::move(first)};
  while (infix_operator() == &syntax) {
    if (!product_without_sign()) advance();
    operands.push_back(formula(next(syntax.strength)));
  }
  return make(Expression::Operation{syntax.op, std::move(operands)}, position);
}

void Parser::note_reading(const Expression& quotient, const Expression& factor) {
  const auto& parts = quotient.as<Expression::Operation>()->operands;
  notes_.push_back(fmt::format("{}column {}: read as ({}) * {}; write {} / ({} * {}) for the other",
                               source_.head(), factor.column(), to_string(quotient),
                               to_string(factor), to_string(parts[0]), to_string(parts[1]),
                               to_string(factor)));
}

/// a < b < c as a < b && b < c.
Expression Parser::comparisons(Expression first) {
  const Position position = token_.position;
  std::vector<Expression> links;
  Expression left = std::move(first);
  for (const OperatorSyntax* syntax = infix_operator();
       syntax && syntax->strength == Strength::comparison; syntax = infix_operator()) {
    const Position sign = advance().position;
    Expression right = formula(next(Strength::comparison));
    links.push_back(make(Expression::Operation{syntax->op, {std::move(left), right}}, sign));
    left = std::move(right);
  }
  if (links.size() == 1) return links[0];
  return make(Expression::Operation{Operator::logical_and, std::move(links)}, position);
}

/// What stands between two infix operators: an atom, the signs before it and the `!` behind it.
Expression Parser::operand() {
  if (token_.is("+")) {
    advance();
    return formula(Strength::negation);
  }
  if (token_.kind == Token::Kind::symbol)
    if (const OperatorSyntax* prefix = find_operator(token_.text, Fixity::prefix)) {
      const Position position = advance().position;
      return make(Expression::Operation{prefix->op, {formula(prefix->strength)}}, position);
    }
  return postfix(atom());
}

/// The `!`, `'` and [i, j] behind a value.
Expression Parser::postfix(Expression value) {
  while (token_.kind == Token::Kind::symbol) {
    if (const OperatorSyntax* sign = find_operator(token_.text, Fixity::postfix)) {
      const Position position = advance().position;
      value = make(Expression::Operation{sign->op, {std::move(value)}}, position);
    } else if (token_.is("[")) {
      const Position position = advance().position;
      std::vector<Expression> operands = list("]");
      if (operands.empty() || operands.size() > 2)
        source_.refuse(position, "an element is A[row, column] or v[place]");
      operands.insert(operands.begin(), std::move(value));
      value = make(Expression::Operation{Operator::element, std::move(operands)}, position);
    } else {
      break;
    }
  }
  return value;
}

Expression Parser::atom() {
  if (token_.is("(")) {
    advance();
    Expression inner = formula(Strength::disjunction);
    expect(")");
    return inner;
  }
  if (token_.is("[")) return matrix();
  switch (token_.kind) {
    case Token::Kind::number: {
      const Token number = advance();
      return make(Expression::Number{number.value, written_beyond(number.text, number.value)},
                  number.position);
    }
    case Token::Kind::text: {
      const Token text = advance();
      return make(Expression::Text{text.text}, text.position);
    }
    case Token::Kind::name: {
      const Token name = advance();
      if (token_.is("(")) return call(name);
      return make(Expression::Variable{name.text}, name.position);
    }
    case Token::Kind::symbol:
    case Token::Kind::end: break;
  }
  source_.refuse(token_.position, fmt::format("expected a value before {}", token_.shown()));
}

Expression Parser::call(const Token& name) {
  expect("(");
  return make(Expression::Call{name.text, list(")")}, name.position);
}

/// Formulas between commas, none or more, and the bracket behind them.
std::vector<Expression> Parser::list(std::string_view end) {
  const Strength weakest = options_.calculator ? Strength::equation : Strength::disjunction;
  std::vector<Expression> items;
  if (!token_.is(end)) {
    items.push_back(formula(weakest));
    while (token_.is(",")) {
      advance();
      items.push_back(formula(weakest));
    }
  }
  expect(end);
  return items;
}

/// [1, 2; 3, 4]
Expression Parser::matrix() {
  const Position position = advance().position;
  Expression::Matrix matrix;
  while (true) {
    auto& row = matrix.rows.emplace_back();
    row.push_back(formula(Strength::equation));
    while (token_.is(",")) {
      advance();
      row.push_back(formula(Strength::equation));
    }
    if (row.size() != matrix.rows[0].size())
      source_.refuse(token_.position,
                     fmt::format("row {} has {} entries, the first has {}", matrix.rows.size(),
                                 row.size(), matrix.rows[0].size()));
    if (!token_.is(";")) break;
    advance();
    if (token_.is("]")) break;
  }
  expect("]");
  return make(std::move(matrix), position);
}

/// The operator that comes next, written or not; null when what comes next is none.
const OperatorSyntax* Parser::infix_operator() const {
  if (product_without_sign()) return &syntax_of(Operator::multiply);
  if (token_.kind != Token::Kind::symbol) return nullptr;
  return find_operator(token_.text, Fixity::infix);
}

bool Parser::product_without_sign() const {
  if (!options_.implicit_multiplication) return false;
  const bool after = previous_.kind == Token::Kind::number || previous_.is(")");
  return after && (token_.kind == Token::Kind::name || token_.is("("));
}

void Parser::refuse_operand() const {
  if (token_.is(")")) source_.refuse(token_.position, "')' closes nothing");
  const bool value = token_.kind != Token::Kind::symbol || token_.is("(");
  source_.refuse(token_.position,
                 value ? fmt::format("expected an operator before {}", token_.shown())
                       : fmt::format("unexpected {}", token_.shown()));
}

Token Parser::advance() {
  previous_ = std::exchange(token_, lexer_.next());
  return previous_;
}

void Parser::expect(std::string_view symbol) {
  if (!token_.is(symbol))
    source_.refuse(token_.position, fmt::format("expected '{}' before {}", symbol, token_.shown()));
  advance();
}

Expression Parser::make(Expression::Node node, Position position) const {
  try {
    return Expression(std::move(node), position.column);
  } catch (const DomainError&) { refuse_depth(position); }
}

void Parser::refuse_depth(Position position) const {
  source_.refuse(position, fmt::format("more than {} levels deep", Expression::max_depth));
}

}  // namespace mathtool::math
