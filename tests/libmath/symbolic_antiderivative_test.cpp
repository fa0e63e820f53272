#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/symbolic/antiderivative.hpp"
#include "support/catch.hpp"
#include "symbolic_expressions.hpp"

using namespace mathtool::math;
using mathtool::test::SmoothExpressions;

namespace {

Expression parsed(const std::string& text) { return parse_expression(text).expression; }

Antiderivative integral(const std::string& text) { return antiderivative(parsed(text), "x"); }

std::string shown(const std::string& text) {
  const Antiderivative result = integral(text);
  return result.value ? to_string(*result.value) : "not found";
}

/// The value at x with a = 0.7, b = 1.9, n = 2.3; none outside of the domain.
std::optional<FiftyDigits> value(const Expression& f, const FiftyDigits& x) {
  const std::string names[] = {"x", "a", "b", "n"};
  try {
    const FiftyDigits y = ScalarProgram<FiftyDigits>(f, names)(
        std::vector<FiftyDigits>{x, FiftyDigits("0.7"), FiftyDigits("1.9"), FiftyDigits("2.3")});
    return isfinite(y) ? std::optional(y) : std::nullopt;
  } catch (const std::exception&) { return {}; }
}

/// Whether differences of F, taken in 50 digits, are f wherever f is defined: at three points or
/// more.
bool differences_agree(const Expression& antiderivative, const Expression& f) {
  const FiftyDigits h("1e-15"), tolerance("1e-22");
  int points = 0;
  for (const char* text : {"-7.3", "-1.83", "-0.61", "-0.27", "0.13", "0.31", "0.58", "0.83",
                           "1.37", "2.71", "3.9", "6.43"}) {
    const FiftyDigits x(text);
    const auto expected = value(f, x);
    if (!expected) continue;
    const auto left = value(antiderivative, x - h), right = value(antiderivative, x + h);
    if (!left || !right) return false;
    if (abs((*right - *left) / (2 * h) - *expected) > tolerance * (1 + abs(*expected)))
      return false;
    ++points;
  }
  return points >= 3;
}

const std::string textbook = R"(
x^2, 1/x, x^-2, sqrt(x), x^(2/3), 1/sqrt(x), 3*x^2 - 4*x + 5, (2x+1)^10, 1/(2x+3), 1/(x-1)^3,
a*x^2, x^n, 2^x, exp(3x), exp(-x), e^x, x*exp(x), x^2*exp(-x), x^3*exp(2x), x*exp(x^2),
x*exp(-x^2), exp(-x^2), exp(-a*x^2), x^2*exp(-x^2), exp(-x^2+2x), sin(x), cos(2x+1), tan(x),
1/cos(x)^2, 1/sin(x)^2, 1/cos(x), 1/sin(x), 1/tan(x), 1/cos(x)^3, tan(x)^2, tan(x)^3, sin(x)^2,
cos(x)^2, sin(x)^3, cos(x)^5, sin(x)^4, sin(x)^2*cos(x)^3, sin(x)^2*cos(x)^2, sin(x)*cos(x),
sin(3x)*cos(2x), sin(x)*sin(2x), cos(a*x)*cos(b*x), x*sin(x), x^2*cos(x), x^2*sin(3x), x*sin(x)^2,
x*cos(x^2), exp(x)*sin(x), exp(2x)*cos(3x), exp(a*x)*sin(b*x), x*exp(x)*sin(x), exp(-x)*cos(x)^2,
log(x), log(x)^2, log(x)/x, x*log(x), x^2*log(x), log(x)/x^2, 1/(x*log(x)), log(2x+3), log(x^2+1),
log(abs(x)), sqrt(x)*log(x), sin(log(x)), log(log(x))/x, atan(x), x*atan(x), asin(x), x*asin(x),
acos(x), asin(x)^2, atan(x)/x^2, 1/(x^2+1), 1/(x^2+4), 1/(x^2-4), 1/(x^2+a^2), 1/(a^2-x^2),
1/(x^2+x+1), 1/(x^2-2), x/(x^2+1), x^2/(x^2+1), 1/(x^2+2x+5), (x+3)/(x^2+2x+5), 1/(x*(x+1)),
(3x+5)/(x^2-5x+6), 1/(x^3+1), 1/(x^3-x), 1/(x^4-1), 1/(x^4+1), x^2/(x^4+1), 1/(x^4+x^2+1),
1/(x^4-10x^2+1), 1/(x^5+1), 1/(x^6+1), 1/(x^3-2), x/(x^4+1), x^5/(x^2-1), 1/(x^2+1)^2,
1/(x^2+1)^3, (x^3+2)/(x^2*(x-1)^2*(x^2+x+1)), x^4/(x-2)^3, 1/((x^2+1)*(x^2+4)), 1/(x^4+3*x^2+1),
(3x^2-1)/(x^3-x+1), 1/sqrt(1-x^2), 1/sqrt(4-x^2), 1/sqrt(x^2+1), 1/sqrt(x^2-1), 1/sqrt(a^2-x^2),
sqrt(1-x^2), sqrt(a^2-x^2), sqrt(x^2+1), sqrt(x^2-4), x*sqrt(x^2+1), x^3*sqrt(x^2+1),
x^2*sqrt(1-x^2), x^2/sqrt(1-x^2), 1/(x*sqrt(x^2+1)), 1/(x*sqrt(x^2-1)), 1/(x^2*sqrt(x^2+1)),
sqrt(x^2+1)/x, sqrt(1-x^2)/x^2, 1/(x^2+1)^(3/2), 1/sqrt(x^2+2x+5), sqrt(x^2+2x+5), x*sqrt(x+1),
x/sqrt(2x+3), 1/(1+sqrt(x)), 1/(sqrt(x)+x^(1/3)), sqrt(x)/(1+x), exp(sqrt(x)), sin(sqrt(x)),
cos(sqrt(x))/sqrt(x), sqrt((1-x)/(1+x)), sqrt(1+sqrt(x)), 1/(1+exp(x)), exp(x)/(1+exp(2x)),
exp(2x)/(1+exp(x)), 1/(exp(x)+exp(-x)), sqrt(1+exp(x)), 1/sqrt(exp(2x)-1), exp(x)*(1/x-1/x^2),
x*exp(x)/(x+1)^2, exp(1/x)/x^2, exp(sin(x))*cos(x), sin(x)/(1+cos(x)^2), cos(x)/(1+sin(x)),
1/(2+cos(x)), 1/(1+sin(x)), 1/(3+5*cos(x)), 1/(sin(x)+cos(x)), 1/(1+cos(x)+sin(x)),
1/(1+3*sin(x)^2), sin(x)^3/cos(x)^4, sqrt(tan(x)), sin(2x)/(1+sin(x)^2), x/cos(x)^2, sinh(x),
cosh(x)^2, tanh(x), x*sinh(x), sinh(x)^3, 1/cosh(x), exp(x)*sinh(x), exp(x)*cosh(2x),
1/(1+cosh(x)), abs(x), x*abs(x), abs(x-1), exp(-abs(x)), sign(x), abs(x)^3, erf(x), x*erf(x),
0.5*x + 0.1, 0.1*x^2, x/3, cbrt(x), 1/(1+cbrt(x)), (x+1)^2*exp(x), (x^2+1)*log(x), x*2^x,
x^3/(x^2+1)^2, cos(x)^2*sin(2x), sqrt(x)*(x+1), (1+log(x))/x, log(x)/sqrt(x), x*log(x+1),
x*acos(x), asinh(x), acosh(x), atanh(x), x*atan(x)^2, 1/(x*(1+log(x)^2)), atan(sqrt(x)),
log(1+sqrt(x)), exp(x)*sin(exp(x)), cos(log(x)), x^3*cos(x^2), tan(x)^4, 1/cos(x)^4,
tan(x)*1/cos(x), sin(x)*log(cos(x)), cos(x)*log(sin(x)), 1/(x^2*(x^2+1)), 1/(x^8+1), 1/(x^2+pi),
x/(x-a), 1/((x-a)*(x-b)), x^2*exp(a*x), x*sin(a*x))";

/// The formulas of a list that commas part.
std::vector<std::string> formulas(const std::string& list) {
  std::vector<std::string> result;
  std::istringstream in(list);
  for (std::string formula; std::getline(in, formula, ',');) result.push_back(formula);
  return result;
}

const char* const not_elementary[] = {
    "exp(x)/x",     "sin(x)/x",     "cos(x)/x",     "exp(x^2)",           "x^x",
    "1/log(x)",     "sqrt(1+x^3)",  "exp(-x^4)",    "sin(x^2)",           "exp(exp(x))",
    "log(x)/(1+x)", "sqrt(sin(x))", "x*tan(x)",     "1/sqrt(1-x^4)",      "exp(x)*log(x)",
    "log(log(x))",  "sin(sin(x))",  "x/(exp(x)-1)", "sqrt(1-sin(x)^2/2)", "atan(x)/x",
    "log(sin(x))",  "gamma(x)"};

}  // namespace

TEST_CASE("antiderivative: the integrals of a textbook are found", "[symbolic]") {
  for (const std::string& integrand : formulas(textbook)) {
    const Antiderivative result = integral(integrand);
    INFO("∫ " << integrand << " dx: " << result.reason);
    REQUIRE(result.value);
    INFO("= " << to_string(*result.value));
    CHECK(differences_agree(*result.value, parsed(integrand)));
  }
}

TEST_CASE("antiderivative: what has no elementary one is not found, and said so", "[symbolic]") {
  for (const char* integrand : not_elementary) {
    const Antiderivative result = integral(integrand);
    INFO("∫ " << integrand << " dx");
    CHECK_FALSE(result.value);
    CHECK_THAT(result.reason, ContainsSubstring("antiderivative"));
    CHECK(result.steps.empty());
  }
}

TEST_CASE("antiderivative: it is written as a textbook writes it", "[symbolic]") {
  CHECK(shown("x^2") == "x^3 / 3");
  CHECK(shown("1/x") == "log(abs(x))");
  CHECK(shown("x*sin(x)") == "sin(x) - x * cos(x)");
  CHECK(shown("x*exp(x^2)") == "exp(x^2) / 2");
  CHECK(shown("1/(x^2 + 1)") == "atan(x)");
  CHECK(shown("1/(x^2 + x + 1)") == "2 * atan((2 * x + 1) / sqrt(3)) / sqrt(3)");
  CHECK(shown("sqrt(1 - x^2)") == "x * sqrt(1 - x^2) / 2 + asin(x) / 2");
  CHECK(shown("sin(x)^2") == "x / 2 - sin(2 * x) / 4");
  CHECK(shown("exp(-x^2)") == "sqrt(pi) * erf(x) / 2");
  CHECK(shown("log(abs(x))") == "x * log(abs(x)) - x");
  CHECK(shown("y") == "x * y");
  CHECK(shown("0.5*x + 0.1") == "0.25 * x^2 + 0.1 * x");
  CHECK(shown("0.1*x^2") == "x^3 / 30");
}

TEST_CASE("antiderivative: other variables are constants, of any names", "[symbolic]") {
  CHECK(to_string(*antiderivative(parsed("u*t"), "t").value) == "t^2 * u / 2");
  CHECK(shown("u*x*exp(x^2)") == "u * exp(x^2) / 2");  // though u is the name for a substitution
  CHECK(to_string(*antiderivative(parsed("e^u"), "u").value) == "exp(u)");
}

TEST_CASE("antiderivative: of a derivative, when found, it is the function again", "[symbolic]") {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Expression f = SmoothExpressions(seed).next(3);
    if (!contains(f, "x")) continue;
    const Expression slope = differentiate(f, "x").value;
    const Antiderivative result = antiderivative(slope, "x");
    if (!result.value) continue;
    INFO("∫ " << to_string(slope) << " dx = " << to_string(*result.value));
    CHECK(differences_agree(*result.value, slope));
    ++found;
  }
  INFO("found " << found << " of 60");
  CHECK(found >= 25);
}

TEST_CASE("antiderivative: the explanation names rules, substitutions and parts", "[symbolic]") {
  const auto steps = [](const std::string& text) {
    return antiderivative(parsed(text), "x", elementary_functions(), {.explain = true}).steps;
  };
  const auto substitution = steps("x*cos(x^2)");
  REQUIRE(!substitution.empty());
  CHECK(substitution[0].rule == "substitution");
  CHECK(substitution[0].formula == "u = x^2, du = 2 * x dx: ∫ x * cos(x^2) dx = ∫ cos(u) / 2 du");
  const auto parts = steps("x*sin(x)");
  const auto is_parts = [](const DerivationStep& step) { return step.rule == "by parts"; };
  const auto first = std::find_if(parts.begin(), parts.end(), is_parts);
  REQUIRE(first != parts.end());
  CHECK_THAT(first->formula, ContainsSubstring("u = x, dv = sin(x) dx"));
  const auto fractions = steps("1/(x*(x + 1))");
  REQUIRE(!fractions.empty());
  CHECK(fractions[0].rule == "partial fractions");
  CHECK(fractions[0].formula == "1 / (x * (x + 1)) = 1 / x - 1 / (x + 1)");
  CHECK(antiderivative(parsed("x"), "x").steps.empty());  // unless it is asked for
}

TEST_CASE("antiderivative: huge powers, long sums and deep nests end soon", "[symbolic]") {
  CHECK(shown("x^1000000") == "x^1000001 / 1000001");
  CHECK(shown("(x + 1)^1000000") == "(x + 1)^1000001 / 1000001");
  CHECK_FALSE(integral("(x^2 + 1)^1000000").value);
  CHECK_FALSE(integral("(x + 1)^1000000*sin(x)").value);
  CHECK_FALSE(integral("sin(x)^1000001").value);
  std::string sum = "1", nest = "x", product = "1";
  for (int i = 1; i <= 2000; ++i) sum += " + " + std::to_string(i) + "*x^" + std::to_string(i);
  for (int i = 0; i < 900; ++i) nest = "sin(" + nest + ")";
  for (int i = 1; i <= 40; ++i) product += "*(x - " + std::to_string(i) + ")";
  const Antiderivative terms = integral(sum);
  REQUIRE(terms.value);
  CHECK(terms.value->as<Expression::Operation>()->operands.size() == 2001);
  CHECK_FALSE(integral(nest).value);
  CHECK(integral(product).value);
  CHECK(integral("1/(" + product + ")").value);
}

TEST_CASE("antiderivative: it stops on request", "[symbolic]") {
  const std::atomic<bool> raised = true;
  CHECK_THROWS_AS(antiderivative(parsed("x*sin(x)"), "x", elementary_functions(),
                                 {.stop = mathtool::StopToken(raised)}),
                  mathtool::Stopped);
}
