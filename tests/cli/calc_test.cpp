#include <cmath>
#include <string>

#include "cli/support/calculations.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using nlohmann::json;

namespace {

/// What `calc` prints, which must succeed.
std::string text(const std::string& expression) {
  const Outcome outcome = calc({expression, "-q"});
  INFO(expression << ": " << outcome.err);
  CHECK(outcome.status == 0);
  return outcome.out.substr(0, outcome.out.find_last_not_of('\n') + 1);
}

}  // namespace

TEST_CASE("calc: whole numbers and fractions are exact", "[cli]") {
  CHECK(text("2^100") == "1267650600228229401496703205376");
  CHECK(text("1/3 + 1/6") == "1/2 = 0.5");
  CHECK(text("30!") == "265252859812191058636308480000000");  // OEIS A000142
  CHECK(text("choose(50, 25)") == "126410606437752");
  CHECK(text("gcd(12, 18) + lcm(4, 6)") == "18");
  CHECK(text("isprime(2^127 - 1)") == "1");  // Lucas 1876
  CHECK(text("isprime(2^67 - 1)") == "0");   // Cole 1903
  CHECK(text("-7 % 3") == "2");
  CHECK(text("sum(1/k, k, 1, 10)") == "7381/2520 = 2.92896825396825");
  CHECK(text("(2/3)^-2") == "9/4 = 2.25");
  const json third = result("1/3");
  CHECK(third["value"].get<double>() == 1.0 / 3.0);
  CHECK(third["text"] == "1/3");
  CHECK(third["error"] == 0);
}

TEST_CASE("calc: whole numbers beyond 2^53 that a double could show are exact too", "[cli]") {
  CHECK(text("2432902008176640000 + 1") == "2432902008176640001");
  CHECK(text("18014398509481984 - 18014398509481983") == "1");
  CHECK(text("1e18 + 1") == "1000000000000000001");
  CHECK(text("1e30") == "1e+30");
}

TEST_CASE("calc: the roots of a polynomial are those of its coefficients as written", "[cli]") {
  CHECK(text("roots([1, -18014398509481985, 18014398509481984])") == "1, 1.8014398509482e+16");
  CHECK(text("roots(x^2/9 - 2x/3 + 1)") == "3, 3");
  // Wilkinson's, whose coefficients exceed 2^53: (x - 1)(x - 2) ... (x - 15)
  CHECK(text("roots([1, -120, 6580, -218400, 4899622, -78558480, 928095740, -8207628000, "
             "54631129553, -272803210680, 1009672107080, -2706813345600, 5056995703824, "
             "-6165817614720, 4339163001600, -1307674368000])") ==
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15");
}

TEST_CASE("calc: the precedence of the contract", "[cli]") {
  CHECK(text("-3^2") == "-9");
  CHECK(text("2^3^2") == "512");
  CHECK(text("x = 2; 1/2x") == "1");
  CHECK(text("3!^2") == "36");
  CHECK(text("1 < 2 < 3") == "1");
  CHECK(text("2 + 3 == 5 && !(1 > 2)") == "1");
  const Outcome outcome = calc({"x = 2; 1/2x"});
  CHECK_THAT(outcome.err, ContainsSubstring("(1 / 2) * x"));
}

TEST_CASE("calc: decimals are correctly rounded, and cancelled noise is 0", "[cli]") {
  CHECK(result("0.1 + 0.2")["value"].get<double>() == 0.3);
  CHECK(text("sin(pi)") == "0");
  CHECK(text("sqrt(2)^2 - 2") == "0");
  CHECK(text("e^(i*pi)") == "-1");
  CHECK(result("exp(1)")["value"].get<double>() == 2.718281828459045);  // OEIS A001113
}

TEST_CASE("calc: complex numbers", "[cli]") {
  CHECK(text("sqrt(-4)") == "2i");
  CHECK(text("(1 + 2i)*(3 - i)") == "5 + 5i");
  CHECK(text("i^2") == "-1");
  const json value = result("log(-1)")["value"];
  CHECK(value["re"] == 0);
  CHECK_NEAR(value["im"].get<double>(), 3.141592653589793, 1e-15);
}

TEST_CASE("calc: matrices", "[cli]") {
  CHECK(result("[1,2;3,4]*[5;6]")["value"] == json::parse("[[17],[39]]"));
  CHECK(result("[1,2;3,4]'")["value"] == json::parse("[[1,3],[2,4]]"));
  CHECK(result("[1,2;3,4] .* [5,6;7,8]")["value"] == json::parse("[[5,12],[21,32]]"));
  CHECK(result("[1,2;3,4]^2")["value"] == json::parse("[[7,10],[15,22]]"));
  CHECK(result("[1,2,3][2]")["value"] == 2);
  CHECK(result("A = [1,2;3,4]; A[2,1]")["value"] == 3);
  CHECK(result("det([1,2;3,4])")["value"] == -2);
  CHECK(result("norm([3,4])")["value"] == 5);
  CHECK(result("norm([1,2;3,4], inf)")["value"] == 7);
  CHECK(result("rank([1,2;2,4])")["value"] == 1);
  CHECK(result("[eye(2), ones(2,1)]")["value"] == json::parse("[[1,0,1],[0,1,1]]"));
  const json solved = result("linsolve([2,1;1,3], [3,5])")["value"];
  CHECK_NEAR(solved[0].get<double>(), 0.8, 1e-15);
  CHECK_NEAR(solved[1].get<double>(), 1.4, 1e-15);
  const json eigenvalues = result("eig([2,1;1,2])")["value"];
  CHECK_NEAR(eigenvalues[0].get<double>(), 1, 1e-15);
  CHECK_NEAR(eigenvalues[1].get<double>(), 3, 1e-15);
}

TEST_CASE("calc: shapes", "[cli]") {
  const Outcome csv = calc({"[1/3, 2/3; 1, 0.1]", "--csv"});
  CHECK(csv.out.find("[[0.3333333333333333,0.6666666666666666],[1,0.1]]") != std::string::npos);
  CHECK(text("[1;2] + [10,20]") == "[11  21\n 12  22]");
  CHECK(text("[1,2;3,4] .* [10;20]") == "[10  20\n 60  80]");
  CHECK(text("[1,2,3;4,5,6][2,[3,1]]") == "[6  4]");
  CHECK(text("[5,6,7][[1,1,3]]") == "[5  5  7]");
  CHECK(text("[5;6;7][[2,3]]") == "[6\n 7]");
  CHECK(text("reshape([1,2;3,4], 1, 4)") == "[1  2  3  4]");
  CHECK(text("range(0, 1, 0.1)[11]") == "1");
  CHECK(text("sum(range(1, 100))") == "5050");
}

TEST_CASE("calc: formulas come out as formulas", "[cli]") {
  CHECK(text("diff(x^2*sin(x), x)") == "x^2 * cos(x) + 2 * x * sin(x)");
  CHECK(text("diff(x^4, x, 2)") == "12 * x^2");
  CHECK(text("diff(x^3, x, 2, 5)") == "30");
  CHECK(text("grad(x^2*y, [x,y])") == "[2 * x * y, x^2]");
  CHECK(text("grad(x^2*y, [x,y], [1,2])") == "[4  1]");
  CHECK(text("hessian(x^2*y, [x,y])") == "[2 * y, 2 * x; 2 * x, 0]");
  CHECK(text("jacobian([x*y, x+y], [x,y])") == "[y, x; 1, 1]");
  CHECK(text("taylor(sin(x), x, 0, 5)") == "x - x^3 / 6 + x^5 / 120");
  CHECK(text("directional(x^2 + y^2, [x,y], [1,1], [3,4])") == "2.8");
  CHECK(text("f(x) = x^2; g(x) = diff(f(x), x); g(3)") == "6");
  CHECK(text("diff(y*x^2, x)") == "2 * x * y");
  CHECK(text("y = 4; diff(y*x, x)/y - 1") == "0");
  CHECK(text("antiderivative(a*x, x)") == "a * x^2 / 2");
}

TEST_CASE("calc: a bound variable hides names outside", "[cli]") {
  CHECK(text("x = 3; diff(x^2, x)") == "2 * x");
  CHECK(text("i = 5; sum(i, i, 1, 4)") == "10");
  CHECK(text("sum(i^2, i, 1, 9)") == "285");
  CHECK(text("g(y) = diff(x*y, x); x = 7; g(x)") == "7");
}

TEST_CASE("calc: functions that call themselves", "[cli]") {
  CHECK(text("f(n) = if(n <= 1, 1, n*f(n-1)); f(20)") == "2432902008176640000");
  const Outcome endless = calc({"f(x) = f(x-1) + 1; f(3)"});
  CHECK(endless.status == 4);
  CHECK_THAT(endless.out, ContainsSubstring("f calls itself more than"));
}

TEST_CASE("calc: what has no value ends with status 4 and a reason", "[cli]") {
  for (const char* expression :
       {"1/0", "1/0.0", "0^-1", "9^9^9^9", "exp(1000)", "1e308*10", "log(0)", "gamma(-1)", "7 % 0",
        "inv([1,2;2,4])", "chol([1,2;2,1])", "diff(abs(x), x, 1, 0)", "(-1)!"}) {
    INFO(expression);
    const Outcome outcome = calc({expression, "--json"});
    CHECK(outcome.status == 4);
    const json answer = json::parse(outcome.out);
    CHECK(answer["result"]["value"].is_null());
    CHECK(answer["status"] != "converged");
    CHECK(!answer["reason"].get<std::string>().empty());
  }
}

TEST_CASE("calc: nothing wrong is called an answer", "[cli]") {
  for (const char* line :
       {"[1,2,3]/0", "inf - inf", "iterate(x^2 + 1, x, 1, 30)", "10^400*1.5",
        "taylor(sin(x)/x, x, 0, 6)", "taylor(log(x), x, 0, 3)", "taylor(abs(x), x, 0, 3)",
        "grad(x/y, [x,y], [1,0])", "diff(1/x, x, 1, 0)"}) {
    INFO(line);
    CHECK(calc({line}).status == 4);
  }
  CHECK(calc({"solve(x^2 < 4, x, -5, 5)"}).status == 2);
}

TEST_CASE("calc: a needle on the right side of ode is seen, or doubted", "[cli]") {
  for (const char* width : {"1e6", "1e8", "1e10"})
    for (const char* centre : {"0.01", "3.3", "9.99"}) {
      const std::string needle = std::string("exp(-(t - ") + centre + ")^2*" + width + ")";
      INFO(needle);
      const Outcome outcome =
          run_mathtool({"calc", "ode(cos(t) + " + needle + ", t, y, 0, 10)", "--json"});
      const double exact = std::sin(10) + std::sqrt(M_PI / std::stod(width));
      const double value = json::parse(outcome.out)["result"]["value"].get<double>();
      CHECK((outcome.status == 4 || std::abs(value - exact) < 1e-12));
    }
}

TEST_CASE("calc: exact numbers beyond a double, and huge angles", "[cli]") {
  CHECK(text("log10(10^400)") == "400");
  CHECK(text("log(10^1000)") == "2302.58509299405");  // 1000 log 10
  CHECK(text("(2^2000)^(1/2000)") == "2");
  // mpmath 1.3: of the integer, and of the double
  CHECK(text("sin(10^50)") == "-0.78967249342931");
  CHECK(text("sin(1e300)") == "-0.817881912115909");
}

TEST_CASE("calc: narrow peaks in one and two variables", "[cli]") {
  const auto near = [](const char* line, double expected) {
    const json answer = result(line);
    INFO(line << ": " << answer.dump());
    CHECK(std::abs(answer["value"].get<double>() - expected) <=
          answer["error"].get<double>() + 1e-15 * std::abs(expected));
  };
  near("integrate(exp(-1e12*(x - 0.123456)^2)*1e6 + sin(x), x, 0, 1)", 2.2321515450373763);
  CHECK(calc({"integrate(exp(-1e8*(x - y)^2), x, 0, 1, y, 0, 1)"}).status == 4);
  CHECK(calc({"integrate(exp(-(x^2 + y^2)/1e-8), x, -1, 1, y, -1, 1)"}).status == 4);
  near("sum(isprime(k), k, 1, 1000000)", 78498);
}

TEST_CASE("calc: what is not understood is one line and status 2", "[cli]") {
  const std::string nested(100'000, '(');
  for (const std::string& expression :
       {std::string("1 +"), std::string("sin("), std::string("foo + 1"), std::string("sinn(1)"),
        std::string("[1,2;3]"), std::string("[1,2;3,4]*[1,2,3]"), std::string("\"a\" + 1"),
        std::string("sin(1, 2)"), std::string("integrate"), std::string("2 x = 3"),
        std::string("sin(x) = 3; 1"), std::string("1 = 2"), std::string("limit(x, 3, 0)"),
        std::string("A[1]"), std::string("[1,2][3]"), std::string("diff(x, x, -1)"), nested}) {
    INFO(expression.substr(0, 40));
    const Outcome outcome = calc({expression});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(lines(outcome.err).size() == 1);
  }
  CHECK_THAT(calc({"sinn(1)"}).err, ContainsSubstring("did you mean"));
  CHECK_THAT(calc({"x = 3; x(2)"}).err, ContainsSubstring("for a product write x * (...)"));
  CHECK(calc({"2x", "--vars", "x=3", "--strict-mul"}).status == 2);
}

TEST_CASE("calc: a formula of ten megabytes is refused in one line", "[cli]") {
  std::string sum = "1";
  sum.reserve(10'000'010);
  while (sum.size() < 10'000'000) sum += "+1";
  const Outcome outcome = run_mathtool({"calc"}, {.input = sum});
  CHECK(outcome.status == 2);
  CHECK(lines(outcome.err).size() == 1);
}

TEST_CASE("calc: variables, several expressions, lines of standard input", "[cli]") {
  const json pair = json_of(calc({"a + b", "ans*2", "--vars", "a=1,b=[1,2]", "--json"}))["result"];
  REQUIRE(pair.size() == 2);
  CHECK(pair[0]["value"] == json::parse("[2,3]"));
  CHECK(pair[1]["value"] == json::parse("[4,6]"));
  const Outcome piped = run_mathtool({"calc"}, {.input = "# squares\nx = 3\n\nx^2\n"});
  CHECK(piped.status == 0);
  CHECK(piped.out == "3\n\n9\n");
  CHECK(calc({"--vars", "a", "1"}).status == 2);
  CHECK(run_mathtool({"calc"}, {.input = "\n"}).status == 3);
}

TEST_CASE("calc: --explain shows the rules that were used", "[cli]") {
  const std::string steps = calc({"diff(x*sin(x^2), x)", "--explain"}).out;
  for (const char* rule : {"product rule", "chain rule", "power rule"})
    CHECK_THAT(steps, ContainsSubstring(rule));
  CHECK(result("diff(x^2, x)").contains("steps") == false);
}

TEST_CASE("calc: columns of files", "[cli]") {
  CHECK(result("size(@\"" + iris + "\":Petal.Length)")["value"] == json::parse("[1,150]"));
  CHECK(calc({"@missing.csv:a"}).status == 1);
  CHECK(calc({"@\"" + iris + "\":nothing"}).status == 2);
}
