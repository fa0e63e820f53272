#include "mathtool/opt/methods/lagrange_newton.hpp"

#include <cmath>
#include <limits>

#include "constrained_problem.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using opt::SecondOrder;
using test::FormulaProblem;

namespace {

opt::ConstrainedMinimum solve(FormulaProblem& problem, const Vec& start) {
  return opt::minimize(*problem, start, opt::LagrangeNewton{},
                       {.keep_history = true, .variables = problem.variables()});
}

}  // namespace

TEST_CASE("lagrange: x y on x + y = 10 is stationary at (5, 5), a maximum, multiplier −5",
          "[opt]") {
  FormulaProblem product({"x", "y"}, "x*y", {"x + y = 10"});
  const opt::ConstrainedMinimum m = solve(product, Vec::Ones(2));
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 5.0, 1e-13);
  CHECK_NEAR(m.x[1], 5.0, 1e-13);
  CHECK_NEAR(m.multipliers[0].multiplier, -5.0, 1e-13);
  CHECK(m.second_order == SecondOrder::maximum);
  CHECK(m.sensitivity[0] ==
        "raising the right side of 'x + y = 10' by 1 raises the maximum by about 5");
  REQUIRE(m.records.size() == 2);  // the equations are linear
  CHECK(m.records[0].g[0] == -8);
  CHECK(m.records[1].stationarity <= 1e-13);

  FormulaProblem squares({"x", "y"}, "x^2 + y^2", {"x + y = 10"});
  const opt::ConstrainedMinimum s = solve(squares, Vec::Ones(2));
  CHECK_NEAR(s.multipliers[0].multiplier, -10.0, 1e-13);
  CHECK(s.second_order == SecondOrder::minimum);
}

TEST_CASE("lagrange: all four stationary points of x y on a circle, by their starts", "[opt]") {
  FormulaProblem problem({"x", "y"}, "x*y", {"x^2 + y^2 = 2"});
  for (const double side : {1.0, -1.0}) {
    const opt::ConstrainedMinimum top = solve(problem, Vec{{1.3 * side, 0.8 * side}});
    INFO(top.reason);
    CHECK(top.status == Status::converged);
    CHECK_NEAR(top.value, 1.0, 1e-12);
    CHECK(top.second_order == SecondOrder::maximum);
    const opt::ConstrainedMinimum bottom = solve(problem, Vec{{1.3 * side, -0.8 * side}});
    CHECK_NEAR(bottom.value, -1.0, 1e-12);
    CHECK_NEAR(bottom.multipliers[0].multiplier, 0.5, 1e-12);
    CHECK(bottom.second_order == SecondOrder::minimum);
  }
}

TEST_CASE("lagrange: the box of largest volume in a sphere, and a saddle", "[opt]") {
  FormulaProblem box({"x", "y", "z"}, "8*x*y*z", {"x^2 + y^2 + z^2 = 3"});
  const opt::ConstrainedMinimum m = solve(box, Vec{{1.5, 0.7, 0.9}});
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.value, 8.0, 1e-9);
  CHECK_NEAR(m.multipliers[0].multiplier, -4.0, 1e-9);  // 8 y z = −2 λ x
  CHECK(m.second_order == SecondOrder::maximum);
  FormulaProblem saddle({"x", "y", "z"}, "x^2 + 2*y^2 + 3*z^2", {"x^2 + y^2 + z^2 = 1"});
  const opt::ConstrainedMinimum s = solve(saddle, Vec{{0.1, 1, 0.1}});
  REQUIRE(s.status == Status::converged);
  CHECK_NEAR(s.value, 2.0, 1e-12);  // the middle eigenvalue
  CHECK(s.second_order == SecondOrder::saddle);
}

TEST_CASE("lagrange: inequalities and bounds join while they are active", "[opt]") {
  FormulaProblem problem({"x", "y"}, "(x - 3)^2 + (y - 2)^2", {"x + y <= 3", "x >= -5"});
  const opt::ConstrainedMinimum m = solve(problem, Vec::Zero(2));
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 2.0, 1e-12);
  CHECK_NEAR(m.multipliers[0].multiplier, 2.0, 1e-12);
  CHECK_FALSE(m.multipliers[1].active);
  CHECK(m.second_order == SecondOrder::minimum);
  problem->box = {.low = Vec{{-1, -1}}, .high = Vec{{1, 9}}};
  const opt::ConstrainedMinimum held = solve(problem, Vec::Zero(2));
  INFO(held.reason);
  REQUIRE(held.status == Status::converged);
  CHECK_NEAR(held.x[0], 1.0, 1e-12);
  CHECK_NEAR(held.x[1], 2.0, 1e-12);
  CHECK_NEAR(held.multipliers[3].multiplier, 4.0, 1e-12);  // x <= 1
  // One that is active at the start is dropped where its multiplier is negative.
  FormulaProblem away({"x"}, "(x - 3)^2", {"x >= 0"});
  const opt::ConstrainedMinimum a = solve(away, Vec::Zero(1));
  INFO(a.reason);
  CHECK(a.status == Status::converged);
  CHECK_NEAR(a.x[0], 3.0, 1e-12);
}

TEST_CASE("lagrange: equations without a solution, and functions that end", "[opt]") {
  FormulaProblem none({"x", "y"}, "x + y", {"x^2 + y^2 = -1"});
  const opt::ConstrainedMinimum m = solve(none, Vec::Ones(2));
  INFO(m.reason);
  CHECK(m.status != Status::converged);
  FormulaProblem logs({"x", "y"}, "log(x) + 4*log(y)", {"x + y = 1"});
  const opt::ConstrainedMinimum l = solve(logs, Vec{{0.9, 0.9}});
  INFO(l.reason);
  REQUIRE(l.status == Status::converged);
  CHECK_NEAR(l.x[0], 0.2, 1e-10);
  CHECK(l.second_order == SecondOrder::maximum);
  CHECK(solve(logs, Vec{{-1, 1}}).status == Status::not_finite);
}
