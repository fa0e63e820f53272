#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

#include "expression_trees.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "support/catch.hpp"

using namespace mathtool::math;
using mathtool::DomainError;

namespace {

/// With a parenthesis around every operation, so that the shape of the tree shows.
std::string shape(const Expression& expression) {
  const auto* operation = expression.as<Expression::Operation>();
  if (!operation) return to_string(expression);
  std::string text;
  for (const Expression& operand : operation->operands)
    text += (text.empty() ? "" : " ") + shape(operand);
  // Where no part is an operation, the printed form has one operator and tells its sign.
  const Expression bare(Expression::Operation{
      operation->op, std::vector(operation->operands.size(), Expression(Expression::Number{7}))});
  std::string sign = to_string(bare);
  std::erase_if(sign, [](char c) { return c == '7' || c == ' '; });
  sign.resize(sign.size() / std::max<std::size_t>(1, operation->operands.size() - 1));
  return "(" + sign + " " + text + ")";
}

std::string shape_of(const std::string& text) { return shape(parse_expression(text).expression); }

std::string parse_complaint(const std::string& text) {
  try {
    parse_expression(text, {.source = "--where"});
  } catch (const DomainError& error) { return error.what(); }
  return "no complaint";
}

Expression number(double value) { return Expression(Expression::Number{value}); }

}  // namespace

TEST_CASE("expression: operators bind as the table of strengths says", "[expression]") {
  const std::pair<const char*, const char*> cases[] = {
      {"a || b && c", "(|| a (&& b c))"},
      {"a && b || c", "(|| (&& a b) c)"},
      {"!a && b", "(&& (! a) b)"},
      {"!a < b", "(! (< a b))"},
      {"!a == !b", "(! (== a (! b)))"},
      {"a < b + c", "(< a (+ b c))"},
      {"a + b * c", "(+ a (* b c))"},
      {"a * b + c", "(+ (* a b) c)"},
      {"a - b - c", "(- (- a b) c)"},
      {"a - b + c - d", "(- (+ (- a b) c) d)"},
      {"a / b / c", "(/ (/ a b) c)"},
      {"a / b * c", "(* (/ a b) c)"},
      {"a % b * c", "(* (% a b) c)"},
      {"-a * b", "(* (- a) b)"},
      {"-a^b", "(- (^ a b))"},
      {"a^-b", "(^ a (- b))"},
      {"a^-b^c", "(^ a (- (^ b c)))"},
      {"a^b^c", "(^ a (^ b c))"},
      {"(a^b)^c", "(^ (^ a b) c)"},
      {"-a!", "(- (! a))"},
      {"2^a!", "(^ 2 (! a))"},
      {"a!!", "(! (! a))"},
      {"a - -b", "(- a (- b))"},
      {"+a - +b", "(- a b)"},
      {"a + b + c", "(+ a b c)"},
      {"(a + b) + c", "(+ (+ a b) c)"},
      {"a + (b + c)", "(+ a (+ b c))"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(shape_of(text) == expected);
  }
}

TEST_CASE("expression: a product needs no sign behind a number or a parenthesis", "[expression]") {
  const std::pair<const char*, const char*> cases[] = {
      {"2x", "(* 2 x)"},           {"2 x", "(* 2 x)"},       {"2(x + 1)", "(* 2 (+ x 1))"},
      {"(a)(b)", "(* a b)"},       {"(a)b", "(* a b)"},      {"2x^2", "(* 2 (^ x 2))"},
      {"2^3x", "(* (^ 2 3) x)"},   {"-2x", "(* (- 2) x)"},   {"2x * y", "(* 2 x y)"},
      {"2(3)(4)", "(* 2 3 4)"},    {"2e", "(* 2 e)"},        {"2e+x", "(+ (* 2 e) x)"},
      {"3 + 2x", "(+ 3 (* 2 x))"}, {"1/2x", "(* (/ 1 2) x)"}};
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(shape_of(text) == expected);
  }
  CHECK(parse_expression("2e3").expression == number(2000));
  CHECK_THROWS_AS(parse_expression("2x", {.implicit_multiplication = false}), DomainError);
}

TEST_CASE("expression: a quotient before a product without a sign is remarked upon",
          "[expression]") {
  CHECK(parse_expression("1/2x", {.source = "--where"}).notes ==
        std::vector<std::string>{
            "--where: column 4: read as (1 / 2) * x; write 1 / (2 * x) for the other"});
  for (const char* plain : {"1/2*x", "(1/2)x", "1/(2x)", "2x/3", "x/y"}) {
    INFO(plain);
    CHECK(parse_expression(plain).notes.empty());
  }
}

TEST_CASE("expression: comparisons chain as in mathematics", "[expression]") {
  CHECK(shape_of("1 < x <= 5") == "(&& (< 1 x) (<= x 5))");
  CHECK(shape_of("a == b == c == d") == "(&& (== a b) (== b c) (== c d))");
  CHECK(shape_of("1 < x < 5 && y") == "(&& (&& (< 1 x) (< x 5)) y)");
  CHECK(shape_of("(1 < x) < 5") == "(< (< 1 x) 5)");
}

TEST_CASE("expression: names hold letters of any language and dots within", "[expression]") {
  const auto names = [](const char* text) { return variables(parse_expression(text).expression); };
  using Names = std::vector<std::string>;
  CHECK(names("Sepal.Length > x_1") == Names{"Sepal.Length", "x_1"});
  CHECK(names("größe * π") == Names{"größe", "π"});
  CHECK(names("`net price (€)` / `a``b`") == Names{"net price (€)", "a`b"});
  CHECK(names("b + a + b + sin(c)") == Names{"b", "a", "c"});
  CHECK(parse_complaint("a. + 1") == "--where: column 2: unexpected '.': \"a. + 1\"");
}

TEST_CASE("expression: numbers are rounded correctly and texts keep every byte", "[expression]") {
  const auto only = [](const std::string& text) { return parse_expression(text).expression; };
  CHECK(only(".5") == number(0.5));
  CHECK(only("5.") == number(5));
  CHECK(only("1e-3") == number(0.001));
  CHECK(only("9007199254740993").as<Expression::Number>()->value ==
        9007199254740992.0);  // half way, to even
  CHECK(only("2.2250738585072011e-308").as<Expression::Number>()->value == 0x0.fffffffffffffp-1022);
  CHECK(only("'it''s'") == Expression(Expression::Text{"it's"}));
  CHECK(only("\"\\n\"") == Expression(Expression::Text{"\\n"}));
  CHECK(only(std::string("'a\0b'", 5)) == Expression(Expression::Text{std::string("a\0b", 3)}));
  CHECK(only("1 # one\n + 2 # and two") == only("1 + 2"));
}

TEST_CASE("expression: a mistake is shown with its column on one line", "[expression]") {
  const std::pair<const char*, const char*> cases[] = {
      {"a > (3", "--where: column 7: expected ')' before end: \"a > (3\""},
      {"1 +", "--where: column 4: expected a value before end: \"1 +\""},
      {"* 2", "--where: column 1: expected a value before '*': \"* 2\""},
      {"f(1,)", "--where: column 5: expected a value before ')': \"f(1,)\""},
      {"f(1 2)", "--where: column 5: expected ')' before '2': \"f(1 2)\""},
      {"2 3", "--where: column 3: expected an operator before '3': \"2 3\""},
      {"x y", "--where: column 3: expected an operator before 'y': \"x y\""},
      {"a)", "--where: column 2: ')' closes nothing: \"a)\""},
      {"", "--where: the expression is empty"},
      {" # nothing", "--where: the expression is empty"},
      {"x = 3", "--where: column 3: '=' is no operator; write ==: \"x = 3\""},
      {"x ** 2", "--where: column 3: '**' is no operator; write ^: \"x ** 2\""},
      {"a & b", "--where: column 3: '&' is no operator; write &&: \"a & b\""},
      {"é @", "--where: column 3: unexpected '@': \"é @\""},
      {"x +\n\x01", "--where: column 5: unexpected '\\x01': \"x +\\x0a\\x01\""},
      {"\"open", "--where: column 1: the quote \" is never closed: \"\"open\""},
      {"``", "--where: column 1: a name between backticks cannot be empty: \"``\""},
      {"1e999", "--where: column 1: '1e999' is beyond the range of a double: \"1e999\""},
  };
  for (const auto& [text, expected] : cases) CHECK(parse_complaint(text) == expected);
}

TEST_CASE("expression: of a long text the message shows the place alone", "[expression]") {
  const std::string text = std::string(5000, 'x') + " $ " + std::string(5000, 'y');
  const std::string message = parse_complaint(text);
  CHECK(message == "--where: column 5002: unexpected '$': \"..." + std::string(39, 'x') + " $ " +
                       std::string(38, 'y') + "...\"");
}

TEST_CASE("expression: depth and length are limited, breadth is not", "[expression]") {
  const auto repeated = [](const std::string& part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  for (const char* part : {"(", "-", "!", "2^", "f(", "1-(", "a<("}) {
    INFO(part);
    CHECK_THAT(parse_complaint(repeated(part, 300'000)),
               ContainsSubstring("more than 1000 levels deep"));
  }
  CHECK_THAT(parse_complaint("x" + repeated("!", 300'000)), ContainsSubstring("levels deep"));
  CHECK_THAT(parse_complaint("1" + repeated("-1", 300'000)), ContainsSubstring("levels deep"));
  CHECK_THAT(parse_complaint(repeated("(", 1'000'000)), ContainsSubstring("1000 levels deep"));
  CHECK_THAT(parse_complaint(repeated("1", 2'000'000)),
             ContainsSubstring("longer than 1048576 bytes"));
  CHECK(parse_complaint("0" + repeated("||x==1", 100'000)) == "no complaint");
  CHECK(parse_complaint(repeated("(", 900) + "x" + repeated(")", 900)) == "no complaint");
}

TEST_CASE("expression: a node with a wrong number of operands cannot be made", "[expression]") {
  CHECK_THROWS_AS(Expression(Expression::Operation{Operator::divide, {number(1)}}), DomainError);
  CHECK_THROWS_AS(Expression(Expression::Operation{Operator::add, {number(1)}}), DomainError);
  CHECK_THROWS_AS(
      Expression(Expression::Operation{Operator::divide, {number(1), number(2), number(3)}}),
      DomainError);
}

TEST_CASE("expression: what is printed reads as the same tree", "[expression]") {
  CHECK(rc::check("printed and read again", [] {
    const Expression expression = *mathtool::test::any_expression(5);
    RC_ASSERT(parse_expression(to_string(expression)).expression == expression);
  }));
}

TEST_CASE("expression: printed with few parentheses", "[expression]") {
  const char* unchanged[] = {
      "a + b * c",   "(a + b) * c",  "-a^2",        "(-a)^2",
      "a^-b",        "a / b * c",    "a / (b * c)", "a - b - c",
      "a - (b - c)", "!(a < b)",     "a! + b",      "(a + b)!",
      "(!a) == b",   "if(a, b, -c)", "`a b` + 1",   "x == \"say \"\"hi\"\"\""};
  for (const char* text : unchanged) CHECK(to_string(parse_expression(text).expression) == text);
  CHECK(to_string(Expression(Expression::Operation{Operator::power, {number(-2), number(2)}})) ==
        "(-2)^2");
}

TEST_CASE("expression: any bytes are read or refused", "[expression]") {
  CHECK(rc::check("bytes", [] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::arbitrary<char>(),
                       rc::gen::element('(', ')', '+', '!', '"', '`', '1', '.', 'e', 'x', '&')));
    try {
      const Expression expression = parse_expression(text).expression;
      RC_ASSERT(parse_expression(to_string(expression)).expression == expression);
    } catch (const DomainError& error) {
      RC_ASSERT(std::string(error.what()).find('\n') == std::string::npos);
    }
  }));
}
