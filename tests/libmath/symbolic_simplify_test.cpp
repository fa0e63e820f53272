#include <cmath>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/symbolic/simplify.hpp"
#include "support/catch.hpp"
#include "symbolic_expressions.hpp"

using namespace mathtool::math;
using mathtool::test::SmoothExpressions;

namespace {

std::string simple(const std::string& text) {
  return to_string(simplify(parse_expression(text, {.calculator = true}).expression));
}

FiftyDigits value_at(const Expression& expression, double x) {
  const std::string names[] = {"x"};
  return ScalarProgram<FiftyDigits>(expression, names)(std::vector<FiftyDigits>{x});
}

}  // namespace

TEST_CASE("simplify: numbers are computed exactly", "[symbolic]") {
  CHECK(simple("1/3 + 1/6") == "1 / 2");
  CHECK(simple("0.1 + 0.2") == "0.3");
  CHECK(simple("2^10") == "1024");
  CHECK(simple("(2/3)^-2") == "9 / 4");
  CHECK(simple("8^(2/3)") == "4");
  CHECK(simple("sqrt(50)") == "5 * sqrt(2)");
  CHECK(simple("sqrt(2)*sqrt(3)") == "sqrt(6)");
  CHECK(simple("1/sqrt(3)") == "1 / sqrt(3)");
  CHECK(simple("2/sqrt(2)") == "sqrt(2)");
}

TEST_CASE("simplify: like terms and like factors come together", "[symbolic]") {
  CHECK(simple("x + x + 2*x") == "4 * x");
  CHECK(simple("x*y + y*x") == "2 * x * y");
  CHECK(simple("x - x") == "0");
  CHECK(simple("x*x^2/x^3") == "1");
  CHECK(simple("x + 0*y") == "x");
  CHECK(simple("(a + b) - (a - b)") == "2 * b");
  CHECK(simple("exp(x)*exp(2*x)") == "exp(3 * x)");
  CHECK(simple("sin(x)^2 + cos(x)^2") == "1");
  CHECK(simple("3*sin(2*x)^2*y + 3*y*cos(2*x)^2") == "3 * y");
}

TEST_CASE("simplify: known values", "[symbolic]") {
  CHECK(simple("sin(pi/6)") == "1 / 2");
  CHECK(simple("cos(pi/3)") == "1 / 2");
  CHECK(simple("tan(pi/4)") == "1");
  CHECK(simple("sin(-x)") == "-sin(x)");
  CHECK(simple("cos(-x)") == "cos(x)");
  CHECK(simple("log(e)") == "1");
  CHECK(simple("log(exp(x))") == "x");
  CHECK(simple("sqrt(x^2)") == "abs(x)");
  CHECK(simple("abs(x)^2") == "x^2");
  CHECK(simple("atan(1)") == "pi / 4");
}

TEST_CASE("simplify: what is no identity of real numbers stays", "[symbolic]") {
  CHECK(simple("sqrt(x)*sqrt(y)") == "sqrt(x) * sqrt(y)");
  CHECK(simple("sqrt(x*y)") == "sqrt(x * y)");
  CHECK(simple("log(x^2)") == "log(x^2)");
  CHECK(simple("(x^3)^(1/3)") == "(x^3)^(1 / 3)");
  CHECK(simple("asin(sin(x))") == "asin(sin(x))");
  CHECK(simple("0^0") == "1");  // as in IEEE 754 and every polynomial
  CHECK(simple("1/0") == "1 / 0");
}

TEST_CASE("simplify: the value is the same, and a second time changes nothing", "[symbolic]") {
  const FiftyDigits tolerance("1e-40");
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SmoothExpressions random(seed);
    const Expression given = random.next(5), made = simplify(given);
    INFO(to_string(given) << "  ->  " << to_string(made));
    CHECK(to_string(simplify(made)) == to_string(made));
    for (int i = 0; i < 2; ++i) {
      const double x = random.point();
      const FiftyDigits expected = value_at(given, x), got = value_at(made, x);
      CHECK(abs(got - expected) <= tolerance * (1 + abs(expected)));
    }
  }
}

TEST_CASE("simplify: huge, deep and long formulas end soon", "[symbolic]") {
  CHECK(simple("x^1000000*x") == "x^1000001");
  CHECK(simple("2^1000000") == "2^1000000");
  CHECK(simple("9^9^9^9") == "9^9^387420489");
  std::string nested = "x", sum = "x";
  for (int i = 0; i < 400; ++i) nested = "sin(" + nested + ")";
  for (int i = 2; i <= 2000; ++i) sum += " + x^" + std::to_string(i);
  CHECK(simple(nested) == nested);
  CHECK(parse_expression(simple(sum)).expression.as<Expression::Operation>()->operands.size() ==
        2000);
  // Operators without algebra: each level once, or 60 levels would never end.
  std::string remainders = "x", conditions = "x", factorials = "x";
  for (int i = 0; i < 60; ++i) {
    remainders += " % 3";
    conditions = "(" + conditions + " < y)";
    factorials = "(" + factorials + ")!";
  }
  for (const std::string& nest : {remainders, conditions, factorials})
    CHECK_FALSE(simple(nest).empty());
}
