#include <cmath>
#include <string>

#include "cli/support/calculations.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using nlohmann::json;

TEST_CASE("calc: errors speak of the functions that were typed", "[cli]") {
  struct Said {
    const char *expression, *words;
  };
  for (const auto& [expression, words] :
       {Said{"roots([0])", "calc: roots: every number is a root"},
        Said{"solve(x, x, 1, 1)", "calc: solve: needs finite a < b"},
        Said{"solve(x, x, inf)", "calc: solve: the start"},
        Said{"solve([x], [x], [inf])", "calc: solve: x0 must be finite"},
        Said{"ode(t, t, y, inf, 1)", "calc: ode: y0 must be finite"},
        Said{"eig([inf,1;2,3])", "calc: eig: A contains NaN or infinite entries"},
        Said{"det([inf,1;2,3])", "calc: det: A contains NaN or infinite entries"},
        Said{"1 + det(kron([inf], eye(2)))", "calc: det: A contains"},
        Said{"svd([inf,1;2,3])", "calc: svd: X contains NaN or infinite entries"}}) {
    INFO(expression);
    const Outcome outcome = calc({expression});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, ContainsSubstring(words));
  }
}

TEST_CASE("calc: signs that no keyboard has are answered with what to write", "[cli]") {
  struct Written {
    const char *expression, *words;
  };
  for (const auto& [expression, words] :
       {Written{"3 × 4", "column 3: write * for ×"}, Written{"3÷4", "column 2: write / for ÷"},
        Written{"5−3", "column 2: write - for −"}, Written{"é = 2; é·3", "column 9: write * for ·"},
        Written{"x²", "column 2: write ^2 for ²"}, Written{"x³ + 1", "column 2: write ^3 for ³"},
        Written{"2π", "column 2: write pi for π"}, Written{"1 ≤ 2", "column 3: write <= for ≤"},
        Written{"1≥2", "column 2: write >= for ≥"}, Written{"1≠2", "column 2: write != for ≠"},
        Written{"√2", "column 1: write sqrt(...) for √"}}) {
    INFO(expression);
    const Outcome outcome = calc({expression});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, ContainsSubstring(words));
  }
  CHECK(calc({"größe = 2; größe^2"}).out == "4\n");
}

TEST_CASE("calc: --vars several times, and a mark of byte order before the first line", "[cli]") {
  CHECK(calc({"a + b + c", "--vars", "a=1", "--vars", "b=2,c=a"}).out == "4\n");
  CHECK(run_mathtool({"calc"}, {.input = "\xEF\xBB\xBF"
                                         "1 + 1\n"})
            .out == "2\n");
}

TEST_CASE("calc: what every x solves, and what has one value alone", "[cli]") {
  CHECK(calc({"solve(x = x, x, 0, 1)"}).out == "every x in [0, 1]\n");
  CHECK(result("solve(t = t, t, 0, 1)")["value"] == "every t in [0, 1]");
  CHECK(calc({"extrema(3, x, 0, 1)"}).out == "kind = constant, value = 3\n");
  CHECK_THAT(calc({"extrema(x^2, x, -1, 2)"}).out, ContainsSubstring("global minimum"));
}

TEST_CASE("calc: a matrix larger than --memory is not made", "[cli]") {
  for (const char* expression : {"ones(1e5, 1e5)", "zeros(20000)", "eye(20000)", "range(1, 1e8)",
                                 "diag(range(1, 20000))", "range(1, 20000)' * range(1, 20000)",
                                 "ones(20000, 1) + ones(1, 20000)", "kron(eye(200), eye(200))"}) {
    INFO(expression);
    const Outcome outcome = calc({expression});
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("allow more with --memory"));
  }
  CHECK(calc({"eye(300)", "--memory", "500K"}).status == 1);
  CHECK(calc({"sum(eye(300))", "--memory", "1M"}).status == 0);
}

TEST_CASE("calc: matrices and formulas in LaTeX and in Markdown", "[cli]") {
  const auto has = [](const std::string& expression, const char* format, const char* words) {
    INFO(expression);
    CHECK_THAT(calc({expression, "--format", format}).out, ContainsSubstring(words));
  };
  has("[1,2;3,4]", "latex", "& $\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$ &");
  has("-1/3", "latex", "& $-\\frac{1}{3}$ &");
  has("diff(x^3, x)", "latex", "& $3 x^{2}$ &");
  has("sqrt(-4)", "latex", "& $2 i$ &");
  has("lu([1,2;3,4])", "latex", "\\mathrm{L} = \\begin{pmatrix}");
  has("[1,2;3,4]", "md", "| [1  2<br> 3  4] |");
}

TEST_CASE("calc: bound variables keep their names in LaTeX", "[cli]") {
  CHECK(calc({"latex(integrate(x^2, x, 0, 1))"}).out == "\\int_{0}^{1} x^{2} \\, dx\n");
  CHECK(calc({"latex(sum(1/k^2, k, 1, inf))"}).out == "\\sum_{k = 1}^{\\infty} \\frac{1}{k^{2}}\n");
  CHECK(calc({"f(t) = integrate(t*x, x, 0, 1); latex(f(x))"}).out ==
        "\\int_{0}^{1} x x_{1} \\, dx_{1}\n");
}

TEST_CASE("calc: derivatives of high order at a point", "[cli]") {
  // mpmath 1.3, mp.dps = 200: taylor() coefficients times n!
  struct Known {
    const char* expression;
    double value;
  };
  for (const auto& [expression, value] :
       {Known{"diff(x^x, x, 12, 1.5)", 78398.610869502943},
        Known{"diff(sin(x)^5*exp(x)/(1+x^2), x, 10, 0.5)", 1874911.4663041782},
        Known{"diff(exp(-1/x), x, 12, 1)", 2833190.0391527164},
        Known{"diff(gamma(x), x, 10, 2)", 1779.5216103449539},
        Known{"diff(tan(x), x, 20, 1)", 3.1624236840418282e+23},
        Known{"diff(tan(x), x, 20, 0)", 0.0},
        Known{"diff(1/(1+x^2), x, 50, 0.1)", -8.5491615013625575e+63}}) {
    INFO(expression);
    CHECK_NEAR(result(expression)["value"].get<double>(), value, 1e-15 * std::abs(value));
  }
  CHECK_NEAR(result("g(x) = diff(x^x, x, 12); g(1.5)")["value"].get<double>(), 78398.610869502943,
             1e-9);
  CHECK_NEAR(result("sum(diff(x^k, x, 1, 2), k, 0, 3)")["value"].get<double>(), 17, 1e-14);
  CHECK_NEAR(result("sum(diff(x^3, x, 1, x), x, 1, 2)")["value"].get<double>(), 15, 1e-14);
  CHECK(calc({"diff(x^x, x, 3)"}).out.size() < 150);
  CHECK(calc({"diff(log(x)/x, x, 10)"}).out ==
        "3628800 * log(x) / x^11 - 10628640 / x^11\n");  // 10! H(10) = 10628640
  const Outcome endless = calc({"diff(sin(x)^5*exp(x)/(1+x^2), x, 12)"});
  CHECK(endless.status == 4);
  CHECK_THAT(endless.out, ContainsSubstring("its value at a point"));
}

TEST_CASE("calc: norms and inverses of complex matrices", "[cli]") {
  CHECK(result("norm(inv([1,i;2,3])*[1,i;2,3] - eye(2))")["value"].get<double>() < 1e-15);
  CHECK(calc({"inv([i,0;0,2])"}).out == "[-i    0\n  0  0.5]\n");
  CHECK(calc({"inv([1,i;i,-1])"}).status == 4);
  CHECK(calc({"inv([1,i])"}).status == 2);
  CHECK_NEAR(result("norm([3,4i])")["value"].get<double>(), 5, 1e-15);
  CHECK_NEAR(result("norm([3i,0;0,4], nuc)")["value"].get<double>(), 7, 1e-15);
  CHECK_NEAR(result("norm([3+4i,1;0,1], 1)")["value"].get<double>(), 5, 1e-15);
  CHECK_NEAR(result("norm([3i,0;0,4], fro)")["value"].get<double>(), 5, 1e-15);
}

TEST_CASE("calc: digits that the rounding of what was typed leaves open are not shown", "[cli]") {
  for (const char* expression :
       {"zeta(1.0000001)", "ellipk(0.999999999999)", "erfinv(0.9999999999999)"}) {
    INFO(expression);
    CHECK_THAT(calc({expression}).out, ContainsSubstring(" ± "));
  }
  for (const char* expression : {"zeta(1.5)", "besselj(0, 0.1)", "zeta(1.1)", "erfinv(0.3)"}) {
    INFO(expression);
    CHECK(calc({expression}).out.find("±") == std::string::npos);
  }
}
