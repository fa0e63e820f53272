#include "mathtool/opt/methods/sqp.hpp"

#include <cmath>
#include <limits>

#include "constrained_problem.hpp"
#include "mathtool/opt/difference_objective.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::FormulaProblem;

namespace {

opt::ConstrainedMinimum solve(FormulaProblem& problem, const Vec& start,
                              const opt::Sqp& method = {}) {
  return opt::minimize(*problem, start, method, {.variables = problem.variables()});
}

/// The minimum where every right side is what it is in `constraints`.
double least(const std::string& f, const std::vector<std::string>& constraints, const Vec& start) {
  FormulaProblem problem({"x", "y"}, f, constraints);
  const opt::ConstrainedMinimum m = solve(problem, start);
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  return m.value;
}

}  // namespace

TEST_CASE("sqp: x² + y² on x + y = 10 has its minimum at (5, 5) with multiplier −10", "[opt]") {
  FormulaProblem problem({"x", "y"}, "x^2 + y^2", {"x + y = 10"});
  const opt::ConstrainedMinimum m = solve(problem, Vec::Zero(2));
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 5.0, 1e-12);
  CHECK_NEAR(m.value, 50.0, 1e-12);
  CHECK_NEAR(m.multipliers[0].multiplier, -10.0, 1e-12);
  CHECK(m.multipliers[0].active);
  CHECK(m.second_order == opt::SecondOrder::minimum);
  CHECK(m.kkt_residual <= 1e-12);
  REQUIRE(m.sensitivity.size() == 1);
  CHECK(m.sensitivity[0] ==
        "raising the right side of 'x + y = 10' by 1 raises the minimum by about 10");
}

TEST_CASE("sqp: x y on x + y = 10 falls without end, from the maximum and from beside it",
          "[opt]") {
  for (const Vec& start : {Vec(Vec::Ones(2)), Vec(Vec{{5, 5}}), Vec(Vec{{1, 2}})}) {
    FormulaProblem problem({"x", "y"}, "x*y", {"x + y = 10"});
    const opt::ConstrainedMinimum m = solve(problem, start);
    INFO(m.reason);
    CHECK(m.status == Status::divergent);
    CHECK(m.value < -1e20);
    CHECK_THAT(m.reason, ContainsSubstring("unbounded below"));
  }
}

TEST_CASE("sqp: raising a right side by δ changes the minimum by −multiplier δ, + for >=",
          "[opt]") {
  // The parabola has its minimum outside of each of these.
  const std::string f = "(x - 3)^2 + 2*(y - 2)^2 + x*y";
  const Vec start = Vec::Zero(2);
  struct Case {
    std::string left, sign;
    double right;
  };
  for (const Case& c : {Case{"x + y", "=", 2}, Case{"x + y", "<=", 2}, Case{"x*y", ">=", 6},
                        Case{"x^2 + y", "=", 3}, Case{"-x", ">=", -1}, Case{"exp(x)", "<=", 2}}) {
    const auto text = [&](double right) { return fmt::format("{} {} {}", c.left, c.sign, right); };
    FormulaProblem problem({"x", "y"}, f, {text(c.right)});
    const opt::ConstrainedMinimum m = solve(problem, start);
    INFO(text(c.right) << ": " << m.reason);
    REQUIRE(m.status == Status::converged);
    const double delta = 1e-4, slope = (least(f, {text(c.right + delta)}, m.x) -
                                        least(f, {text(c.right - delta)}, m.x)) /
                                       (2 * delta);
    const double multiplier = m.multipliers[0].multiplier;
    CHECK(std::abs(multiplier) > 0.1);  // it is active
    if (c.sign != "=") CHECK(multiplier >= 0);
    CHECK_NEAR(slope, c.sign == ">=" ? multiplier : -multiplier, 1e-5 * std::abs(multiplier));
    REQUIRE(m.sensitivity.size() == 1);
    CHECK_THAT(m.sensitivity[0], ContainsSubstring(slope > 0 ? "raises" : "lowers"));
  }
}

TEST_CASE("sqp: bounds have multipliers too, and no function is asked outside of them", "[opt]") {
  const opt::Box box{.low = Vec{{0, -1}}, .high = Vec{{3, 1}}};
  bool inside = true;
  const auto f = [&](const Vec& x, Vec& gradient) {
    inside = inside && box.contains(x);
    gradient = Vec{{2 * (x[0] + 1), 2 * (x[1] - 4)}};
    return (x[0] + 1) * (x[0] + 1) + (x[1] - 4) * (x[1] - 4);
  };
  const auto g = [&](const Vec& x, Vec& gradient) {
    inside = inside && box.contains(x);
    gradient = Vec{{1, 1}};
    return x[0] + x[1] - 5;
  };
  const opt::ConstrainedMinimum m =
      opt::minimize(opt::ConstrainedProblem{f, {{.g = g}}, box}, Vec{{9, 9}}, opt::Sqp{},
                    {.variables = {"x", "y"}});
  INFO(m.reason);
  CHECK(inside);
  REQUIRE(m.status == Status::converged);
  CHECK(m.x == Vec{{0, 1}});
  REQUIRE(m.multipliers.size() == 5);
  CHECK(m.multipliers[0].constraint == "g1 <= 0");
  CHECK_FALSE(m.multipliers[0].active);
  CHECK(m.multipliers[1].constraint == "x >= 0");
  CHECK_NEAR(m.multipliers[1].multiplier, 2.0, 1e-12);  // 2 (x + 1)
  CHECK(m.multipliers[2].constraint == "x <= 3");
  CHECK(m.multipliers[2].multiplier == 0);
  CHECK(m.multipliers[4].constraint == "y <= 1");
  CHECK_NEAR(m.multipliers[4].multiplier, 6.0, 1e-12);  // −2 (y − 4)
  CHECK(m.second_order == opt::SecondOrder::minimum);
  CHECK(m.sensitivity[0] ==
        "raising the right side of 'x >= 0' by 1 raises the minimum by about 2");
  CHECK(m.sensitivity[1] ==
        "raising the right side of 'y <= 1' by 1 lowers the minimum by about 6");
}

TEST_CASE("sqp: linear programs", "[opt]") {
  // Dantzig's glass company: Hillier & Lieberman, Introduction to operations research, chapter 3.
  FormulaProblem glass({"x", "y"}, "-(3*x + 5*y)", {"x <= 4", "2*y <= 12", "3*x + 2*y <= 18"});
  glass->box = {.low = Vec::Zero(2), .high = Vec::Constant(2, INFINITY)};
  const opt::ConstrainedMinimum m = solve(glass, Vec::Zero(2));
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.value, -36.0, 1e-9);
  CHECK_NEAR(m.multipliers[0].multiplier, 0.0, 1e-9);
  CHECK_NEAR(m.multipliers[1].multiplier, 1.5, 1e-9);
  CHECK_NEAR(m.multipliers[2].multiplier, 1.0, 1e-9);
  CHECK(m.second_order == opt::SecondOrder::minimum);

  FormulaProblem endless({"x", "y"}, "x - y", {"x + y >= 1", "x >= -2"});
  const opt::ConstrainedMinimum down = solve(endless, Vec::Zero(2));
  INFO(down.reason);
  CHECK(down.status == Status::divergent);
}

TEST_CASE("sqp: constraints that say the same twice, and more of them than variables", "[opt]") {
  FormulaProblem twice({"x", "y"}, "x^2 + y^2",
                       {"x + y = 10", "x + y = 10", "2*x + 2*y = 20", "x + y >= 10", "x >= 1"});
  const opt::ConstrainedMinimum m = solve(twice, Vec::Zero(2));
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.value, 50.0, 1e-9);
  FormulaProblem three({"x", "y"}, "x", {"x + y = 3", "x - y = 1", "2*x + y = 5"});
  const opt::ConstrainedMinimum point = solve(three, Vec::Zero(2));
  INFO(point.reason);
  CHECK(point.status == Status::converged);
  CHECK_NEAR(point.x[0], 2.0, 1e-9);
  CHECK(point.second_order == opt::SecondOrder::minimum);
}

TEST_CASE("sqp: units of constraints, of f and of variables do not matter", "[opt]") {
  for (const double unit : {1e6, 1.0, 1e-6}) {
    FormulaProblem scaled({"x", "y"}, "x^2 + y^2",
                          {fmt::format("{0:.1f}*(x + y) = {0:.1f}*10", unit * 1e7)});
    const opt::ConstrainedMinimum m = solve(scaled, Vec::Zero(2));
    INFO(unit << ": " << m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.x[0], 5.0, 1e-8);
    CHECK_NEAR(m.multipliers[0].multiplier * unit * 1e7, -10.0, 1e-7);
  }
  for (const char* unit : {"1e-6", "1e6"}) {
    FormulaProblem curved({"x", "y"}, "x + y", {fmt::format("{0}*(x^2 + y^2) <= {0}*2", unit)});
    const opt::ConstrainedMinimum m = solve(curved, Vec{{0.5, 0}});
    INFO(unit << ": " << m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.x[0], -1.0, 1e-8);
    FormulaProblem small({"x", "y"}, fmt::format("{}*(x + 2*y)", unit), {"x^2 + y^2 <= 5"});
    const opt::ConstrainedMinimum s = solve(small, Vec{{0.5, 0}});
    INFO(unit << ": " << s.reason);
    CHECK(s.status == Status::converged);
    CHECK_NEAR(s.x[1], -2.0, 1e-6);
  }
}

TEST_CASE("sqp: a start where the constraints have no slope, or f is stationary, is left",
          "[opt]") {
  FormulaProblem circle({"x", "y"}, "x + 2*y", {"x^2 + y^2 = 5"});
  const opt::ConstrainedMinimum m = solve(circle, Vec::Zero(2));
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.value, -5.0, 1e-9);
  CHECK_NEAR(m.multipliers[0].multiplier, 0.5, 1e-9);
  FormulaProblem saddle({"x", "y"}, "x^2 - y^2 + y^4", {"x >= -3"});
  const opt::ConstrainedMinimum s = solve(saddle, Vec::Zero(2));
  INFO(s.reason);
  REQUIRE(s.status == Status::converged);
  CHECK_NEAR(s.value, -0.25, 1e-9);  // y² = 1/2
  CHECK(s.second_order == opt::SecondOrder::minimum);
  CHECK(solve(saddle, Vec::Zero(2), {.leave_saddles = false}).second_order ==
        opt::SecondOrder::saddle);
}

TEST_CASE("sqp: one variable, no constraint that matters, and no constraint at all", "[opt]") {
  FormulaProblem one({"x"}, "(x - 2)^2", {"x <= 5"});
  const opt::ConstrainedMinimum m = solve(one, Vec{{9}});
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 2.0, 1e-9);
  CHECK_FALSE(m.multipliers[0].active);
  CHECK(m.multipliers[0].multiplier == 0);
  CHECK(m.sensitivity.empty());
  FormulaProblem none({"x", "y"}, "(1 - x)^2 + 100*(y - x^2)^2");
  const opt::ConstrainedMinimum free = solve(none, Vec{{-1.2, 1}});
  CHECK(free.status == Status::converged);
  CHECK_NEAR(free.value, 0.0, 1e-15);
  FormulaProblem fixed({"x", "y"}, "x^2 + y^2 + x*y");
  fixed->box = {.low = Vec{{2, -9}}, .high = Vec{{2, 9}}};
  const opt::ConstrainedMinimum held = solve(fixed, Vec::Zero(2));
  CHECK(held.status == Status::converged);
  CHECK_NEAR(held.x[1], -1.0, 1e-9);
  CHECK(held.multipliers[0].constraint == "x = 2");
  CHECK_NEAR(held.multipliers[0].multiplier, -3.0, 1e-8);  // −(2x + y)
}

TEST_CASE("sqp: derivatives by differences are enough", "[opt]") {
  auto f = opt::by_differences([](const Vec& x) { return x[0] * x[0] + x[1] * x[1]; });
  auto g = opt::by_differences([](const Vec& x) { return x[0] * x[1] - 4; });
  const opt::ConstrainedMinimum m =
      opt::minimize(opt::ConstrainedProblem{f, {{.g = g, .equality = true}}}, Vec{{1, 3}},
                    opt::Sqp{}, {.stopping = {.gradient_tol = 1e-7}});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.value, 8.0, 1e-7);
  CHECK_NEAR(m.multipliers[0].multiplier, -2.0, 1e-6);
  CHECK(m.second_order == opt::SecondOrder::minimum);
}
