#include <string>

#include "cli/support/runs.hpp"
#include "support/catch.hpp"

using namespace mathtool::test;

TEST_CASE("calc: there is no gradient at a corner", "[cli]") {
  for (const char* expression : {"grad(abs(x), [x], [0])",
                                 "grad(max(x,y), [x,y], [1,1])",
                                 "grad(min(x,2*y), [x,y], [2,1])",
                                 "grad(abs(x) + abs(y), [x,y], [1,0])",
                                 "grad(abs(x - y), [x,y], [1e8,1e8])",
                                 "grad(floor(x), [x], [3])",
                                 "grad(abs(cos(x)), [x], [pi/2])",
                                 "grad(abs(x - 0.1), [x], [0.1])",
                                 "grad(if(x < 1, x, 2 - x), [x], [1])",
                                 "grad(max(x, max(y, z)), [x,y,z], [1,0,1])",
                                 "grad(digamma(2 + abs(x)), [x], [0])",
                                 "grad(7 % x, [x], [7])",
                                 "grad(atan2(y,x), [x,y], [-1,0])",
                                 "hessian(abs(x*y), [x,y], [0,0])",
                                 "hessian(x*abs(x), [x], [0])",
                                 "hessian(abs(x)*y, [x,y], [0,1])",
                                 "jacobian([x^2, abs(y)], [x,y], [1,0])",
                                 "directional(max(x,y), [x,y], [1,1], [1,2])",
                                 "diff(abs(x), x, 1, 0)",
                                 "diff(x*abs(x), x, 2, 0)",
                                 "diff(sign(x), x, 1, 0)"}) {
    INFO(expression);
    const Outcome outcome = run_mathtool({"calc", expression});
    CHECK(outcome.status == 4);
    CHECK_THAT(outcome.out, ContainsSubstring("there is no derivative at"));
  }
}

TEST_CASE("calc: smooth functions are not taken for broken ones", "[cli]") {
  for (const char* expression : {"grad(abs(x), [x], [1e-300])",
                                 "grad(abs(x), [x], [-1e300])",
                                 "grad(abs(x)*x, [x], [0])",
                                 "grad(abs(x)^3, [x], [0])",
                                 "grad(abs(x*y), [x,y], [0,0])",
                                 "grad(max(x,y), [x,y], [1,1.0000001])",
                                 "grad(max(x,y), [x,y], [1e300,1e-300])",
                                 "grad(abs(x - 1e-12), [x], [0])",
                                 "grad(floor(x)*x, [x], [2.999999])",
                                 "grad(abs(1e20*x + 1), [x], [0])",
                                 "grad(1e30 + abs(x), [x], [1])",
                                 "grad(1e-30*abs(x) + y, [x,y], [1e-9,0])",
                                 "grad(exp(1e10*abs(x)), [x], [1e-12])",
                                 "grad(sin(1e8*x) + abs(x), [x], [3])",
                                 "grad(sqrt(x) + abs(x), [x], [1e-300])",
                                 "grad(x^1.5 + abs(x + 1), [x], [0])",
                                 "grad(x^1.5, [x], [0])",
                                 "grad(sqrt(x), [x], [1e-300])",
                                 "grad(sqrt(abs(x)), [x], [1e-300])",
                                 "grad(abs(x)^1.5, [x], [0])",
                                 "grad(max(x, 0)^2, [x], [0])",
                                 "grad(if(x < 1, x^2, 2*x - 1), [x], [1])",
                                 "grad(x % 3, [x], [2])",
                                 "grad(atan2(y,x), [x,y], [1,0])",
                                 "grad(digamma(2 + abs(x)), [x], [1])",
                                 "grad(lgamma(abs(x)), [x], [1e-9])",
                                 "grad(exp(-1/abs(x)), [x], [0.01])",
                                 "grad(atan(1e15*abs(x)), [x], [1e-10])",
                                 "hessian(abs(x)^3, [x], [0])",
                                 "hessian(abs(x)*y, [x,y], [-2,1])",
                                 "hessian(max(x,y)^3, [x,y], [2,1])",
                                 "jacobian([abs(x), y], [x,y], [-1,0])",
                                 "grad(log(abs(x)), [x], [-1e-200])",
                                 "grad(round(x)*x, [x], [0.25])"}) {
    INFO(expression);
    const Outcome outcome = run_mathtool({"calc", expression});
    INFO(outcome.out << outcome.err);
    CHECK(outcome.status == 0);
  }
}

TEST_CASE("calc: across a pole there is no bound of a Taylor remainder", "[cli]") {
  const Outcome pole = run_mathtool({"calc", "taylor(1/(1-x), x, 0, 3, 2)"});
  CHECK(pole.status == 4);
  CHECK_THAT(pole.out, ContainsSubstring("inf"));
  CHECK(run_mathtool({"calc", "taylor(1/(1-x), x, 0, 3, 1/2)"}).status == 0);
  CHECK(run_mathtool({"calc", "taylor(sin(x), x, 0, 5, 2)"}).status == 0);
}

TEST_CASE("calc: a function with too few arguments is refused wherever it stands", "[cli]") {
  for (const std::string expression :
       {"if(2 > 1, 2)", "diff(if(x > 2, x), x)", "diff(if(x > 2, x), x, 1)", "x -> if(x > 1, x)",
        "diff(exp()*x, x)", "integrate(if(x > 2, x), x, 0, 3)", "grad(if(x > 2, x), [x], [3])",
        "limit(if(x > 2, x), x, 2)", "diff(x^2*if(x), x)", "diff(if(), x)",
        "simplify(if(x > 2, x))", "simplify(exp() + sqrt())", "antiderivative(sin(), x)",
        "diff(sin(3, 2), x)"}) {
    INFO(expression);
    const Outcome outcome = run_mathtool({"calc", expression});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(lines(outcome.err).size() == 1);
  }
}
