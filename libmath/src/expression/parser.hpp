#pragma once

#include <string>
#include <vector>

#include "lexer.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "operators.hpp"

namespace mathtool::math {

/// By precedence climbing: a loop over infix operators that bind at least as strongly as asked,
/// whose right operands are read by the same function.
/// Ref: Richards & Whitby-Strevens, BCPL: the language and its compiler (1979), section 6.6.
class Parser {
 public:
  Parser(const SourceText& source, const ParseOptions& options)
      : source_(source), lexer_(source, options.calculator), options_(options) {
    advance();
  }

  /// The whole text as one formula.
  ParsedExpression expression();

  /// The whole text as statements between semicolons.
  ParsedProgram program();

 private:
  Statement statement();
  Expression formula(Strength weakest);
  Expression operand();
  Expression postfix(Expression value);
  Expression atom();
  Expression call(const Token& name);
  Expression matrix();
  std::vector<Expression> list(std::string_view end);
  Expression chain(Expression first, const OperatorSyntax& syntax);
  void note_reading(const Expression& quotient, const Expression& factor);
  Expression comparisons(Expression first);

  const OperatorSyntax* infix_operator() const;
  bool product_without_sign() const;

  Token advance();
  void expect(std::string_view symbol);
  [[noreturn]] void refuse_operand() const;

  Expression make(Expression::Node node, Position position) const;
  [[noreturn]] void refuse_depth(Position position) const;

  SourceText source_;
  Lexer lexer_;
  ParseOptions options_;
  Token token_ = {}, previous_ = {};
  int level_ = 0;
  std::vector<std::string> notes_ = {};
};

}  // namespace mathtool::math
