#include "mathtool/math/calculus/infinitesimal.hpp"

#include "limit_case.hpp"
#include "mathtool/math/error.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

TEST_CASE("infinitesimal: orders and coefficients", "[infinitesimal]") {
  struct Law {
    const char *f, *point;
    Side side;
    const char *order, *coefficient;
  };
  const Law laws[] = {
      {"1-cos(x)", "0", Side::right, "2", "1/2"},
      {"x-sin(x)", "0", Side::left, "3", "-1/6"},
      {"sqrt(x+x^2)", "0", Side::right, "1/2", "1"},
      {"tan(sin(x))-sin(tan(x))", "0", Side::right, "7", "1/30"},
      {"1/(exp(x)-1)", "0", Side::right, "-1", "1"},
      {"log(x)", "1", Side::right, "1", "1"},
      {"pi/2-atan(x)", "inf", Side::both, "1", "1"},
      {"sqrt(x^2+1)-x", "inf", Side::both, "1", "1/2"},
      {"x^2+x", "-inf", Side::both, "-2", "1"},
      {"x*log(x)", "0", Side::right, "1", "-inf"},
  };
  for (const Law& law : laws) {
    INFO(law.f << " at " << law.point);
    const PowerLaw found = infinitesimal_order(PreciseFunction(precise(law.f)),
                                               precise_point(law.point), {.side = law.side});
    check_verdict(found.order, law.order);
    check_verdict(found.coefficient, law.coefficient);
  }
  const PowerLaw flat = infinitesimal_order(PreciseFunction(precise("exp(-1/x)")), HundredDigits(0),
                                            {.side = Side::right});
  CHECK(flat.order.verdict == Verdict::plus_infinity);
  CHECK(flat.coefficient.verdict == Verdict::not_established);
  CHECK_THROWS_AS(infinitesimal_order([](double x) { return x; }, 0.0, {}), DomainError);
}
