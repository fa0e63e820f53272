#include "mathtool/stats/formula.hpp"

#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/formula_error.hpp"
#include "mathtool/stats/design.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using Names = std::vector<std::string>;

namespace {

const std::vector<FormulaColumn> all_columns = {
    {"y"}, {"x"}, {"z"}, {"my col"}, {"g", true}, {"h", true}, {"n"}, {"é", false, false}};

ModelFrame bound(const std::string& text) { return {parse_formula(text), all_columns}; }

/// The design where g has levels a, b, h has u, v, w and C(n) has 1, 2, 10.
Names names_of(const std::string& text) {
  const ModelFrame frame = bound(text);
  std::vector<std::vector<std::string>> levels;
  for (const ModelFrame::Variable* factor : frame.factors())
    levels.push_back(factor->label == "g"   ? Names{"a", "b"}
                     : factor->label == "h" ? Names{"u", "v", "w"}
                                            : Names{"1", "2", "10"});
  return Design(frame, levels).names();
}

/// The message, and the column that it points at.
std::pair<std::string, int> refusal(const std::string& text) {
  try {
    (void)bound(text);
  } catch (const math::FormulaError& error) { return {error.what(), error.column}; }
  return {};
}

}  // namespace

TEST_CASE("formula: terms, the intercept and names as R has them but for brackets", "[stats]") {
  CHECK(names_of("y ~ x") == Names{"(Intercept)", "x"});
  CHECK(names_of("y~x+z-1") == Names{"x", "z"});
  CHECK(names_of("y ~ 0 + x") == Names{"x"});
  CHECK(names_of("y ~ -1 + x") == Names{"x"});
  CHECK(names_of("y ~ 1") == Names{"(Intercept)"});
  CHECK(names_of("y ~ x + x + x:x") == Names{"(Intercept)", "x"});
  CHECK(names_of("y ~ `my col` + log( x )") == Names{"(Intercept)", "my col", "log(x)"});
  CHECK(names_of("y ~ poly(x, 3)") ==
        Names{"(Intercept)", "poly(x,3)1", "poly(x,3)2", "poly(x,3)3"});
  CHECK(names_of("y ~ x + x^2 + (x*z)") == Names{"(Intercept)", "x", "x^2", "(x*z)"});
  CHECK(names_of("y ~ x - x + z") == Names{"(Intercept)", "z"});
  CHECK(names_of("y ~ x > 1e-5 + z") == Names{"(Intercept)", "x>1e-5", "z"});
}

// R: colnames(model.matrix(~ ..., expand.grid(x, g, h)))
TEST_CASE("formula: factors are coded by contrasts where their margin is there", "[stats]") {
  CHECK(names_of("y ~ g") == Names{"(Intercept)", "g[b]"});
  CHECK(names_of("y ~ C(n)") == Names{"(Intercept)", "C(n)[2]", "C(n)[10]"});
  CHECK(names_of("y ~ g - 1") == Names{"g[a]", "g[b]"});
  CHECK(names_of("y ~ x + g + h - 1") == Names{"x", "g[a]", "g[b]", "h[v]", "h[w]"});
  CHECK(names_of("y ~ g*h") ==
        Names{"(Intercept)", "g[b]", "h[v]", "h[w]", "g[b]:h[v]", "g[b]:h[w]"});
  CHECK(names_of("y ~ g:h") == Names{"(Intercept)", "g[a]:h[u]", "g[b]:h[u]", "g[a]:h[v]",
                                     "g[b]:h[v]", "g[a]:h[w]", "g[b]:h[w]"});
  CHECK(names_of("y ~ g:x") == Names{"(Intercept)", "g[a]:x", "g[b]:x"});
  CHECK(names_of("y ~ x + g:x") == Names{"(Intercept)", "x", "x:g[b]"});
  CHECK(names_of("y ~ g:x + z") == Names{"(Intercept)", "z", "g[a]:x", "g[b]:x"});
  CHECK(names_of("y ~ x*g*z").size() == 8);
}

TEST_CASE("formula: a dot is every other column", "[stats]") {
  CHECK(bound("y ~ .").formula() == "y ~ x + z + `my col` + g + h + n");
  CHECK(bound("log(y) ~ . - n - g").formula() == "log(y) ~ x + z + `my col` + h");
  CHECK(bound("y ~ x:.").terms().size() == 6);
  std::vector<FormulaColumn> some = all_columns;
  some[2].offered = false;
  CHECK(ModelFrame(parse_formula("y ~ ."), some).terms().size() == 5);
}

TEST_CASE("formula: the formula of a frame reads as the same frame", "[stats]") {
  for (const std::string text :
       {"log(y) ~ . - 1", "y ~ x*g + poly(z,2)", "y ~ 1", "y ~ C(n):x", "y ~ g*h - g",
        "y ~ x:z + n + z - 1", "y ~ x + z:n + x:z - x", "y ~ .:. - g"}) {
    const std::string again = bound(text).formula();
    INFO(text << " -> " << again);
    CHECK(names_of(again) == names_of(text));
    CHECK(bound(again).formula() == again);
  }
}

TEST_CASE("formula: what cannot be read is refused with its place", "[stats]") {
  CHECK(refusal("y ~ x + foo").second == 9);
  CHECK(refusal("y ~ x + foo").first.find("no column 'foo'") != std::string::npos);
  CHECK(refusal("y ~ `é` + foo").second == 11);
  CHECK(refusal("y ~ x\n + foo").first.find('\n') == std::string::npos);
  CHECK(refusal("y ~ nn").first.find("did you mean 'n'") != std::string::npos);
  CHECK(refusal("y ~ x + log(x").second == 12);
  CHECK(refusal("y ~ x + ").first.find("a term is missing") != std::string::npos);
  CHECK(refusal("y").first.find("response ~ terms") != std::string::npos);
  CHECK(refusal("~ x").first.find("no response") != std::string::npos);
  CHECK(refusal("y ~").first.find("no term") != std::string::npos);
  CHECK(refusal("y ~ x ~ z").first.find("second '~'") != std::string::npos);
  CHECK(refusal("y ~ 2*x").first.find("a number is no term") != std::string::npos);
  CHECK(refusal("y ~ poly(x)").first.find("poly takes a column and a degree") != std::string::npos);
  CHECK(refusal("y ~ poly(x, 2.5)").first.find("whole number") != std::string::npos);
  CHECK(refusal("y ~ poly(g, 2)").first.find("text") != std::string::npos);
  CHECK(refusal("y ~ x + y").first.find("response 'y'") != std::string::npos);
  CHECK(refusal("y ~ lgo(x)").first.find("did you mean 'log'") != std::string::npos);
  CHECK(refusal("y ~ x + )").first.find("not opened") != std::string::npos);
}

TEST_CASE("formula: a response that a term reads too keeps its own column", "[stats]") {
  const std::vector<FormulaColumn> table{{"q"}, {"x"}, {"y"}};
  const ModelFrame frame(parse_formula("y ~ q + y:x"), table);
  REQUIRE(frame.numbers() == std::vector<Index>{0, 2, 1});
  RowMat numbers(1, 3);
  numbers << 3, 7, 2;  // q, y, x
  CHECK(Design(frame, {}).evaluate({numbers}).y[0] == 7);
}

TEST_CASE("formula: a column named like an expression is not that expression", "[stats]") {
  const std::vector<FormulaColumn> table{{"y"}, {"x"}, {"log(x)"}};
  const ModelFrame frame(parse_formula("y ~ log(x) + `log(x)`"), table);
  CHECK(frame.terms().size() == 2);
  CHECK(frame.numbers() == std::vector<Index>{1, 2, 0});
}

TEST_CASE("formula: a long one is quoted around the place, and too many terms are refused",
          "[stats]") {
  std::string text = "y ~ x";
  for (int k = 0; k < 20000; ++k) text += " + x";
  const auto [message, place] = refusal(text + " + foo");
  CHECK(place == 80'009);
  CHECK(message.size() < 200);
  CHECK(message.find("x + foo\"") != std::string::npos);
  CHECK(refusal("y ~ " + std::string(100'000, 'q')).first.size() < 300);
  CHECK(refusal("y ~ .*.*.*.*.*.*.").first.find("more than 100000 terms") != std::string::npos);
  CHECK(refusal("y ~ x + lgo(x)") ==
        std::pair<std::string, int>{"formula: column 9: no function 'lgo' (did you mean "
                                    "'log'?): \"y ~ x + lgo(x)\"",
                                    9});
}

TEST_CASE("design: columns are counted before they are made", "[stats]") {
  for (const std::string text :
       {"y ~ x*g*h + poly(z, 3)", "y ~ g:h - 1", "y ~ C(n) + 0", "y ~ x^3:h", "y ~ 1"}) {
    INFO(text);
    const ModelFrame frame = bound(text);
    const std::vector<Names> levels(frame.factors().size(), Names{"1", "2", "10"});
    CHECK(Design::count_columns(frame, levels) ==
          static_cast<double>(Design(frame, levels).columns()));
  }
}

TEST_CASE("design: rows by hand, with a factor, powers and an expression", "[stats]") {
  const ModelFrame frame = bound("y ~ g + poly(x,2):z + log(z)");
  const Design design(frame, {{"a", "b"}});
  REQUIRE(frame.numbers() == std::vector<Index>{2, 1, 0});  // z for log, x, y
  RowMat numbers(2, 3);
  numbers << 5, 2, 7, 1, 3, 8;
  const std::vector<std::string_view> texts = {"b", "a"};
  const DesignRows rows = design.evaluate({numbers, texts});
  RowMat expected(2, 5);
  expected << 1, 1, std::log(5.0), 2 * 5, 4 * 5, 1, 0, 0, 3, 9;
  CHECK(test::largest_difference(Mat(design.expand(rows.raw)), Mat(expected)) == 0);
  CHECK(rows.y == (Vec(2) << 7, 8).finished());
}

TEST_CASE("design: rows without a value, or with an unknown level, are left out", "[stats]") {
  const Design design(bound("y ~ g + log(x)"), {{"a", "b"}});
  RowMat numbers(4, 2);
  numbers << 1, 5, -1, 6, 2, 7, 3, 8;
  const std::vector<std::string_view> texts = {"a", "a", "c", "b"};
  const DesignRows rows = design.evaluate({numbers, texts});
  CHECK(rows.rows == std::vector<Index>{0, 3});
  CHECK(rows.y == (Vec(2) << 5, 8).finished());
  numbers(0, 0) = 0;  // log(0) is infinite
  CHECK_THROWS_AS(design.evaluate({numbers, texts}), InsufficientDataError);
  CHECK_THROWS_AS(Design(bound("y ~ g"), {{"a"}}), InsufficientDataError);
}
