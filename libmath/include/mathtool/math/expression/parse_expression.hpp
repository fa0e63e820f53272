#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

struct ParseOptions {
  std::string_view source = "expression";  ///< what the text is, at the head of messages: "--where"
  bool implicit_multiplication = true;     ///< `2x` is a product; otherwise an error
  bool calculator = false;  ///< also [1,2;3,4] A[1,2] A' .* ./ .^ f = g as argument, @file:column
};

struct ParsedExpression {
  Expression expression;
  std::vector<std::string> notes = {};  ///< where a reader might have meant something else: `1/2x`
};

/// One step of a calculation: a formula, `name = formula` or `f(x, y) = formula`.
struct Statement {
  Expression value;
  std::string name = {};  ///< what is defined; empty: nothing
  bool defines_function = false;
  std::vector<std::string> parameters = {};  ///< of the function, each once
};

struct ParsedProgram {
  std::vector<Statement> statements = {};  ///< at least one
  std::vector<std::string> notes = {};
};

/// Reads a formula. From the weakest binding to the strongest:
///
///     a || b      a && b      !a      a == b  a != b  a < b  a <= b  a > b  a >= b
///     a + b  a - b      a * b  a / b  a % b  2x      -a  +a      a ^ b      a!
///
/// Operators of one strength group from the left, `^` from the right: -3^2 = -9, 2^3^2 = 512.
/// Comparisons chain as in mathematics: 1 < x <= 5 is 1 < x && x <= 5. A product without a sign
/// follows a number, `!` or a closing parenthesis: 2x, 2(x+1), (a)(b); `2e3` is a number, `2e` is
/// twice e. Names are letters, digits, `_`, and `.` before a letter or digit; other names stand in
/// backticks. Texts stand in double or single quotes. Within quotes of any kind, a doubled quote is
/// the quote itself. `#` begins a comment. Numbers are rounded correctly.
///
/// Throws: DomainError with the column and the text, on one line: a syntax error, a number beyond
///         the range of a double, more than 2^20 bytes, more than `Expression::max_depth` levels.
ParsedExpression parse_expression(std::string_view text, const ParseOptions& options = {});

/// Reads steps of a calculation between semicolons. Throws: as `parse_expression`.
ParsedProgram parse_program(std::string_view text,
                            const ParseOptions& options = {.calculator = true});

}  // namespace mathtool::math
