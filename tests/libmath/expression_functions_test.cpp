#include <cmath>
#include <string>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::math;
using mathtool::infinity;
using mathtool::test::ulps;

namespace {

/// The value of an expression without variables.
double value(const std::string& text) {
  const BlockEvaluator evaluator(parse_expression(text).expression, {});
  BlockEvaluator::Scratch scratch;
  double result = 0;
  evaluator.evaluate({}, {&result, 1}, scratch);
  return result;
}

}  // namespace

TEST_CASE("expression: arithmetic gives what a hand gives", "[expression]") {
  CHECK(value("-3^2") == -9);
  CHECK(value("2^3^2") == 512);
  CHECK(value("2^-1") == 0.5);
  CHECK(value("1/2*4") == 2);
  CHECK(value("1 - 2 - 3") == -4);
  CHECK(value("0.1 + 0.2") == 0.1 + 0.2);
  CHECK(value("2pi") == 2 * 3.141592653589793);
  CHECK(value("1/0") == infinity);
  CHECK(value("-inf") == -infinity);
  CHECK(std::isnan(value("nan")));
  CHECK(std::isnan(value("(-8)^(1/3)")));
}

TEST_CASE("expression: the remainder has the sign of the divisor", "[expression]") {
  CHECK(value("7 % 3") == 1);
  CHECK(value("-7 % 3") == 2);
  CHECK(value("7 % -3") == -2);
  CHECK(value("-7 % -3") == -1);
  CHECK(value("mod(5.5, 2)") == 1.5);
  CHECK(value("-6 % 3") == 0);
  CHECK(std::isnan(value("1 % 0")));
}

TEST_CASE("expression: factorials are correctly rounded", "[expression]") {
  CHECK(value("0!") == 1);
  CHECK(value("20!") == 2432902008176640000.0);
  CHECK(value("25!") == 15511210043330985984000000.0);  // OEIS A000142
  CHECK(value("170!") == 7.257415615307998967e306);
  CHECK(value("171!") == infinity);
  CHECK_NEAR(value("0.5!"), 0.8862269254527580137, ulps(2, 1));  // √π / 2
  CHECK(std::isnan(value("(-1)!")));
  CHECK(value("3!!") == 720);
}

TEST_CASE("expression: elementary functions have their textbook values", "[expression]") {
  // Abramowitz & Stegun, Handbook of Mathematical Functions, tables 4.2, 4.6, 4.15, 6.1, 7.1.
  const std::pair<const char*, double> cases[] = {{"ln(2)", 0.6931471805599453094},
                                                  {"log(2)", 0.6931471805599453094},
                                                  {"log10(1000)", 3},
                                                  {"log2(8)", 3},
                                                  {"exp(1)", 2.718281828459045235},
                                                  {"sin(1)", 0.8414709848078965067},
                                                  {"cos(1)", 0.5403023058681397174},
                                                  {"tan(pi/4)", 1},
                                                  {"asin(1)", 1.5707963267948966192},
                                                  {"atan2(1, -1)", 2.3561944901923449288},
                                                  {"sinh(1)", 1.1752011936438014569},
                                                  {"acosh(cosh(2))", 2},
                                                  {"atanh(tanh(0.5))", 0.5},
                                                  {"gamma(0.5)", 1.7724538509055160273},
                                                  {"lgamma(-0.5)", 1.2655121234846454},
                                                  {"erf(1)", 0.8427007929497148693},
                                                  {"erfc(1)", 0.1572992070502851307},
                                                  {"hypot(3, 4)", 5},
                                                  {"cbrt(-27)", -3},
                                                  {"log1p(expm1(1e-10))", 1e-10}};
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK_NEAR(value(text), expected, ulps(4, expected));
  }
}

TEST_CASE("expression: rounding, extremes and choices", "[expression]") {
  CHECK(value("round(2.5)") == 3);
  CHECK(value("round(-2.5)") == -3);
  CHECK(value("floor(-0.5)") == -1);
  CHECK(value("ceil(-0.5)") == 0);
  CHECK(value("trunc(-1.7)") == -1);
  CHECK(value("sign(-2) + sign(0) + sign(5)") == 0);
  CHECK(value("max(1, 7, 3)") == 7);
  CHECK(value("min(4)") == 4);
  CHECK(std::isnan(value("max(1, nan, 3)")));
  CHECK(std::isnan(value("min(nan, 3)")));
  CHECK(value("if(2 > 1, 10, 20)") == 10);
  CHECK(value("if(nan, 10, 20)") == 20);
}
