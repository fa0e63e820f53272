#include <complex>
#include <string>
#include <vector>

#include "mathtool/math/expression/formula_error.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/expression/special_functions.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;

namespace {

Expression parsed(const std::string& text) {
  return parse_expression(text, {.calculator = true}).expression;
}

/// As it is read back.
std::string written(const std::string& text) { return to_string(parsed(text)); }

template <class T>
T value(const std::string& text, const std::vector<std::string>& names = {},
        const std::vector<T>& values = {}) {
  return ScalarProgram<T>(parsed(text), names)(values);
}

}  // namespace

TEST_CASE("calculator language: matrices, elements, transposition, signs with a dot",
          "[expression]") {
  CHECK(written("[1,2;3,4]'*x") == "[1, 2; 3, 4]' * x");
  CHECK(written("A[1,2]+v[3]") == "A[1, 2] + v[3]");
  CHECK(written("a.*b./c.^2") == "a .* b ./ c.^2");
  CHECK(written("2.*x") == "2 .* x");
  CHECK(written("2.5.*x") == "2.5 .* x");
  CHECK(written("x'''") == "x'''");
  CHECK(written("f(x = 2, 'text')") == "f(x = 2, \"text\")");
  CHECK(written("[1,2;3,4;]") == "[1, 2; 3, 4]");
  CHECK(written("@data.csv:age + @\"my file.csv\":\"the column\"") ==
        "@data.csv:age + @my file.csv:the column");
}

TEST_CASE("plain formulas know none of the calculator's signs", "[expression]") {
  for (const char* text : {"[1,2]", "x'", "a .* b", "f(x = 2)", "@a.csv:b", "a; b", "A[1]"})
    CHECK_THROWS_AS(parse_expression(text), DomainError);
}

TEST_CASE("statements define variables and functions", "[expression]") {
  const ParsedProgram program = parse_program("a = 2; f(x, y) = x + y*a; f(1, 2)");
  REQUIRE(program.statements.size() == 3);
  CHECK(program.statements[0].name == "a");
  CHECK_FALSE(program.statements[0].defines_function);
  CHECK(program.statements[1].name == "f");
  CHECK(program.statements[1].parameters == std::vector<std::string>{"x", "y"});
  CHECK(to_string(program.statements[1].value) == "x + y * a");
  CHECK(program.statements[2].name.empty());
  for (const char* text : {"", ";", "2 = x", "f(2) = 3", "f(x, x) = 1", "a = ", "a = b = c"})
    CHECK_THROWS_AS(parse_program(text), DomainError);
}

TEST_CASE("an error points at its character", "[expression]") {
  try {
    parse_program("2 + é) * 3");
    FAIL("parsed");
  } catch (const FormulaError& error) {
    CHECK(error.column == 6);
    CHECK(caret_text(error) == "2 + é) * 3\n     ^");
  }
}

TEST_CASE("decimals with more digits than a double holds keep them", "[expression]") {
  CHECK(written("0.1") == "0.1");
  CHECK(written("12345678901234567890123") == "12345678901234567890123");
  CHECK(parsed("0.1") == Expression(Expression::Number{0.1}));
  CHECK_FALSE(parsed("12345678901234567890") == parsed("12345678901234567891"));
  CHECK(value<FiftyDigits>("10*0.1 - 1") == 0);
  CHECK(value<FiftyDigits>("12345678901234567891 - 12345678901234567890") == 1);
}

TEST_CASE("one formula over doubles, 50 digits and complex numbers", "[expression]") {
  const std::string text = "sin(x)^2 + exp(-x)*log(2 + x) - 3/x";
  const double in_double = value<double>(text, {"x"}, {0.7});
  const auto in_fifty = static_cast<double>(value<FiftyDigits>(text, {"x"}, {FiftyDigits("0.7")}));
  const std::complex<double> in_complex = value<std::complex<double>>(text, {"x"}, {0.7});
  // CPython's math module
  CHECK_NEAR(in_fifty, -3.3774636237227385, 4e-15);
  CHECK_NEAR(in_double, in_fifty, 4e-15);
  CHECK_NEAR(in_complex.real(), in_fifty, 4e-15);
  CHECK(in_complex.imag() == 0);
  CHECK(value<std::complex<double>>("i^2") == std::complex<double>(-1, 0));
  CHECK_THROWS_AS(value<std::complex<double>>("floor(i)"), DomainError);
  CHECK_THROWS_AS(value<double>("x + 1"), DomainError);
  CHECK_THROWS_AS(value<double>("sin(1, 2)"), DomainError);
  CHECK_THROWS_AS(value<double>("[1,2]"), DomainError);
}

TEST_CASE("logic, choices and whole powers over scalars", "[expression]") {
  CHECK(value<double>("if(2 < 3 && !(1 > 2), 7, 8)") == 7);
  CHECK(value<double>("max(1, 5, 3) - min(2, -1)") == 6);
  CHECK(value<double>("-7 % 3") == 2);
  CHECK(value<double>("x^-2", {"x"}, {4.0}) == 0.0625);
  CHECK(value<FiftyDigits>("2^-3 * 2^60") == FiftyDigits("144115188075855872"));
  CHECK(value<double>("20!") == 2432902008176640000.0);
}

TEST_CASE("special functions at values of the tables", "[expression]") {
  const ScalarFunctions<double> functions = scalar_functions(special_functions());
  const auto at = [&](const std::string& text) {
    return ScalarProgram<double>(parsed(text), {}, functions)({});
  };
  // Abramowitz & Stegun (1964): tables 9.1, 9.8, 23.3, 5.1, 17.1, 6.1
  CHECK_NEAR(at("besselj(0, 1)"), 0.76519768655796655, 1e-15);
  CHECK_NEAR(at("besseli(0, 1)"), 1.2660658777520084, 1e-14);
  CHECK_NEAR(at("zeta(3)"), 1.2020569031595943, 1e-15);
  CHECK_NEAR(at("expint(1, 1)"), 0.21938393439552029, 1e-15);
  CHECK_NEAR(at("ellipk(sqrt(0.5))"), 1.8540746773013719, 1e-14);
  CHECK_NEAR(at("digamma(1)"), -0.57721566490153286, 1e-15);
  CHECK(at("legendre(3, 1)") == 1);
  CHECK(at("choose(10, 3)") == 120);
  CHECK(std::isnan(at("legendre(1.5, 0.3)")));
  CHECK(std::isnan(at("ibeta(-1, 2, 0.5)")));
}
