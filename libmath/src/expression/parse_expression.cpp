#include "mathtool/math/expression/parse_expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lexer.hpp"
#include "mathtool/math/error.hpp"
#include "operators.hpp"

namespace mathtool::math {
namespace {

/// By precedence climbing: a loop over infix operators that bind at least as strongly as asked,
/// whose right operands are read by the same function.
/// Ref: Richards & Whitby-Strevens, BCPL: the language and its compiler (1979), section 6.6.
class Parser {
 public:
  Parser(const SourceText& source, bool implicit_multiplication)
      : source_(source), lexer_(source), implicit_multiplication_(implicit_multiplication) {
    advance();
  }

  ParsedExpression parse() {
    require(token_.kind != Token::Kind::end, "{}: the expression is empty", source_.source);
    Expression whole = expression(Strength::disjunction);
    if (token_.kind != Token::Kind::end) refuse_operand();
    return {std::move(whole), std::move(notes_)};
  }

 private:
  Expression expression(Strength weakest);
  Expression operand();
  Expression atom();
  Expression call(const Token& name);
  Expression chain(Expression first, const OperatorSyntax& syntax);
  void note_reading(const Expression& quotient, const Expression& factor);
  Expression comparisons(Expression first);

  const OperatorSyntax* infix_operator() const;
  bool product_without_sign() const;

  Token advance() {
    previous_ = std::exchange(token_, lexer_.next());
    return previous_;
  }
  void expect(std::string_view symbol) {
    if (!token_.is(symbol))
      source_.refuse(token_.position,
                     fmt::format("expected '{}' before {}", symbol, token_.shown()));
    advance();
  }
  [[noreturn]] void refuse_operand() const;

  Expression make(Expression::Node node, Position position) const {
    try {
      return Expression(std::move(node), position.column);
    } catch (const DomainError&) { refuse_depth(position); }
  }
  [[noreturn]] void refuse_depth(Position position) const {
    source_.refuse(position, fmt::format("more than {} levels deep", Expression::max_depth));
  }

  SourceText source_;
  Lexer lexer_;
  bool implicit_multiplication_;
  Token token_ = {}, previous_ = {};
  int level_ = 0;
  std::vector<std::string> notes_ = {};
};

Expression Parser::expression(Strength weakest) {
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
      const bool from_right = syntax->op == Operator::power;
      Expression right = expression(from_right ? syntax->strength : next(syntax->strength));
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
    operands.push_back(expression(next(syntax.strength)));
  }
  return make(Expression::Operation{syntax.op, std::move(operands)}, position);
}

void Parser::note_reading(const Expression& quotient, const Expression& factor) {
  const auto& parts = quotient.as<Expression::Operation>()->operands;
  notes_.push_back(
      fmt::format("{}: column {}: read as ({}) * {}; write {} / ({} * {}) for the other",
                  source_.source, factor.column(), to_string(quotient), to_string(factor),
                  to_string(parts[0]), to_string(parts[1]), to_string(factor)));
}

/// a < b < c as a < b && b < c.
Expression Parser::comparisons(Expression first) {
  const Position position = token_.position;
  std::vector<Expression> links;
  Expression left = std::move(first);
  for (const OperatorSyntax* syntax = infix_operator();
       syntax && syntax->strength == Strength::comparison; syntax = infix_operator()) {
    const Position sign = advance().position;
    Expression right = expression(next(Strength::comparison));
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
    return expression(Strength::negation);
  }
  if (token_.kind == Token::Kind::symbol)
    if (const OperatorSyntax* prefix = find_operator(token_.text, Fixity::prefix)) {
      const Position position = advance().position;
      return make(Expression::Operation{prefix->op, {expression(prefix->strength)}}, position);
    }
  Expression result = atom();
  while (token_.is("!")) {
    const Position position = advance().position;
    result = make(Expression::Operation{Operator::factorial, {std::move(result)}}, position);
  }
  return result;
}

Expression Parser::atom() {
  if (token_.is("(")) {
    advance();
    Expression inner = expression(Strength::disjunction);
    expect(")");
    return inner;
  }
  switch (token_.kind) {
    case Token::Kind::number: {
      const Token number = advance();
      return make(Expression::Number{number.value}, number.position);
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
  std::vector<Expression> arguments;
  if (!token_.is(")")) {
    arguments.push_back(expression(Strength::disjunction));
    while (token_.is(",")) {
      advance();
      arguments.push_back(expression(Strength::disjunction));
    }
  }
  expect(")");
  return make(Expression::Call{name.text, std::move(arguments)}, name.position);
}

/// The operator that comes next, written or not; null when what comes next is none.
const OperatorSyntax* Parser::infix_operator() const {
  if (product_without_sign()) return &syntax_of(Operator::multiply);
  if (token_.kind != Token::Kind::symbol) return nullptr;
  return find_operator(token_.text, Fixity::infix);
}

bool Parser::product_without_sign() const {
  if (!implicit_multiplication_) return false;
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

}  // namespace

ParsedExpression parse_expression(std::string_view text, const ParseOptions& options) {
  constexpr std::size_t longest = std::size_t{1} << 20;
  require(text.size() <= longest, "{}: longer than {} bytes", options.source, longest);
  return Parser({options.source, text}, options.implicit_multiplication).parse();
}

}  // namespace mathtool::math
