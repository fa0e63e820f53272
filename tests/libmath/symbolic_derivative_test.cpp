#include <cmath>
#include <span>

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/tape.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"
#include "support/catch.hpp"
#include "symbolic_expressions.hpp"

using namespace mathtool::math;
using mathtool::test::SmoothExpressions;

namespace {

std::string derivative(const std::string& text) {
  return to_string(differentiate(parse_expression(text).expression, "x").value);
}

const std::string x_alone[] = {"x"};

/// (f(x + h) − f(x − h))/(2 h), in error by h² f'''/6: far below what is asked for.
FiftyDigits central_difference(const Expression& f, double x) {
  const ScalarProgram<FiftyDigits> program(f, x_alone);
  const FiftyDigits h("1e-15");
  const auto at = [&](const FiftyDigits& u) { return program(std::vector<FiftyDigits>{u}); };
  return (at(x + h) - at(x - h)) / (2 * h);
}

FiftyDigits symbolic_derivative(const Expression& f, double x) {
  const ScalarProgram<FiftyDigits> program(differentiate(f, "x").value, x_alone);
  return program(std::vector<FiftyDigits>{x});
}

}  // namespace

TEST_CASE("derivative: formulas of the textbook", "[symbolic]") {
  CHECK(derivative("x^3 - 2*x") == "3 * x^2 - 2");
  CHECK(derivative("x*sin(x)") == "x * cos(x) + sin(x)");
  CHECK(derivative("exp(x^2)") == "2 * x * exp(x^2)");
  CHECK(derivative("log(x)") == "1 / x");
  CHECK(derivative("a^x") == "a^x * log(a)");
  CHECK(derivative("sqrt(x)") == "1 / (2 * sqrt(x))");
  CHECK(derivative("y^2") == "0");
}

TEST_CASE("derivative: 200 random formulas, by the symbols, forward, backward and in 50 digits",
          "[symbolic]") {
  const FiftyDigits tolerance("1e-11");
  FiftyDigits worst = 0;
  Tape<> tape;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SmoothExpressions random(seed);
    const Expression f = random.next(5);
    const double x = random.point();
    INFO(to_string(f) << " at " << x);
    const FiftyDigits expected = central_difference(f, x);
    const FiftyDigits allowed = tolerance * (1 + abs(expected));
    const FiftyDigits error = abs(symbolic_derivative(f, x) - expected) / (1 + abs(expected));
    worst = std::max(worst, error);
    const ScalarProgram<Dual<double>> forward(f, x_alone);
    const double slope = forward(std::vector<Dual<double>>{Dual<double>::variable(x)}).derivative();
    CHECK(abs(slope - expected) <= allowed);
    const ScalarProgram<Var<double>> backward(f, x_alone);
    const auto variables = tape.variables(mathtool::Vec::Constant(1, x));
    const double adjoint = tape.gradient(backward(std::span(variables.data(), 1)))[0];
    CHECK(abs(adjoint - expected) <= allowed);
  }
  INFO("largest error of the formulas: " << worst);
  CHECK(worst < FiftyDigits("1e-20"));
}

TEST_CASE("derivative: the explanation names the rules from the whole to its parts", "[symbolic]") {
  const auto result = differentiate(parse_expression("x^2*sin(3*x)").expression, "x",
                                    elementary_functions(), {.explain = true});
  REQUIRE(result.steps.size() == 4);
  CHECK(result.steps[0].rule == "product rule");
  CHECK(result.steps[0].formula ==
        "d/dx [x^2 * sin(3 * x)] = d/dx [x^2] * sin(3 * x) + (x^2) * d/dx [sin(3 * x)]");
  CHECK(result.steps[1].rule == "chain rule");
  CHECK(result.steps[2].rule == "constant factor");
  CHECK(result.steps[3].rule == "power rule");
}

TEST_CASE("derivative: what has no rule is refused by name", "[symbolic]") {
  CHECK_THROWS_WITH(derivative("besselj(1, x)"), ContainsSubstring("besselj"));
  CHECK_THROWS_WITH(derivative("x < 1"), ContainsSubstring("x < 1"));
}
