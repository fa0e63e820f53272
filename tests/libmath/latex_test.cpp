#include "mathtool/math/expression/latex.hpp"

#include "mathtool/math/expression/parse_expression.hpp"
#include "support/catch.hpp"

using namespace mathtool::math;

namespace {

std::string latex(const std::string& text) {
  return to_latex(parse_expression(text, {.calculator = true}).expression);
}

}  // namespace

TEST_CASE("latex: quotients, roots and absolute values have their own signs", "[latex]") {
  CHECK(latex("sqrt(x)/(2*alpha) + abs(y)") == "\\frac{\\sqrt{x}}{2 \\alpha} + \\left|y\\right|");
  CHECK(latex("cbrt(x + 1)") == "\\sqrt[3]{x + 1}");
  CHECK(latex("floor(x)") == "\\left\\lfloor x\\right\\rfloor");
  CHECK(latex("a/b/c") == "\\frac{\\frac{a}{b}}{c}");
}

TEST_CASE("latex: the sign of a product stands only where something else could be read",
          "[latex]") {
  CHECK(latex("2*x*y") == "2 x y");
  CHECK(latex("2*3") == "2 \\cdot 3");
  CHECK(latex("x*2") == "x \\cdot 2");
  CHECK(latex("2*(1/2)") == "2 \\cdot \\frac{1}{2}");            // not two and a half
  CHECK(latex("f*(x + 1)") == "f \\cdot \\left(x + 1\\right)");  // not a function of x + 1
  CHECK(latex("(x + 1)*(x - 1)") == "\\left(x + 1\\right) \\left(x - 1\\right)");
  CHECK(latex("2*2^x") == "2 \\cdot 2^{x}");
  CHECK(latex("a*-b") == "a \\cdot \\left(-b\\right)");
}

TEST_CASE("latex: parentheses keep the tree", "[latex]") {
  CHECK(latex("(a + b)*c") == "\\left(a + b\\right) c");
  CHECK(latex("a - (b - c)") == "a - \\left(b - c\\right)");
  CHECK(latex("(a/b)^2") == "\\left(\\frac{a}{b}\\right)^{2}");
  CHECK(latex("(x^2)^3") == "\\left(x^{2}\\right)^{3}");
  CHECK(latex("2^3^2") == "2^{3^{2}}");
  CHECK(latex("(-x)^2") == "\\left(-x\\right)^{2}");
  CHECK(latex("-x^2") == "-x^{2}");
  CHECK(latex("exp(x)^2") == "\\left(e^{x}\\right)^{2}");
  CHECK(latex("(x + 1)!") == "\\left(x + 1\\right)!");
  CHECK(latex("1e22*x") == "10^{22} x");
  CHECK(latex("(2.5e-8)^2") == "\\left(2.5 \\cdot 10^{-8}\\right)^{2}");
}

TEST_CASE("latex: functions have their names from the textbook", "[latex]") {
  CHECK(latex("sin(x)^2") == "\\sin^{2}\\left(x\\right)");
  CHECK(latex("sin(x)^-1") == "\\sin\\left(x\\right)^{-1}");  // not the inverse function
  CHECK(latex("asin(x)") == "\\arcsin\\left(x\\right)");
  CHECK(latex("log(x)") == "\\ln\\left(x\\right)");
  CHECK(latex("log10(x)") == "\\log_{10}\\left(x\\right)");
  CHECK(latex("exp(-x^2/2)") == "e^{\\frac{-x^{2}}{2}}");
  CHECK(latex("gamma(x)") == "\\Gamma\\left(x\\right)");
  CHECK(latex("max(a, b)") == "\\max\\left(a, b\\right)");
  CHECK(latex("erf(x)") == "\\operatorname{erf}\\left(x\\right)");
  CHECK(latex("if(x > 0, x, -x)") ==
        "\\begin{cases} x & \\text{if } x > 0 \\\\ -x & \\text{otherwise} \\end{cases}");
}

TEST_CASE("latex: names are letters, words, indices and nothing that LaTeX obeys", "[latex]") {
  CHECK(latex("pi") == "\\pi");
  CHECK(latex("Omega_1") == "\\Omega_{1}");
  CHECK(latex("x12") == "x_{12}");
  CHECK(latex("v_max") == "v_{\\mathrm{max}}");
  CHECK(latex("speed") == "\\mathrm{speed}");
  CHECK(latex("`net & gross_%`") == "\\text{net \\& gross\\_\\%}");
  CHECK(latex("`a\\b^c`") == "\\text{a\\textbackslash{}b\\textasciicircum{}c}");
}

TEST_CASE("latex: comparisons, logic and matrices", "[latex]") {
  CHECK(latex("x <= 1") == "x \\leq 1");
  CHECK(latex("a != b && c == d") == "a \\neq b \\land c = d");
  CHECK(latex("!(a < b)") == "\\lnot \\left(a < b\\right)");
  CHECK(latex("[1, 2; 3, x]") == "\\begin{pmatrix} 1 & 2 \\\\ 3 & x \\end{pmatrix}");
  CHECK(latex("A'") == "A^{\\top}");
  CHECK(latex("A[1, 2]") == "A_{1, 2}");
  CHECK(latex("a .* b") == "a \\odot b");
}
