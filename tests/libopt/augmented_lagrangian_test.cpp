#include "mathtool/opt/methods/augmented_lagrangian.hpp"

#include <cmath>
#include <limits>

#include "constrained_problem.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::FormulaProblem;

namespace {

opt::ConstrainedMinimum solve(FormulaProblem& problem, const Vec& start) {
  return opt::minimize(*problem, start, opt::AugmentedLagrangian{},
                       {.stopping = {.gradient_tol = 1e-7}, .feasibility_tol = 1e-8});
}

}  // namespace

TEST_CASE("auglag: equalities, inequalities and bounds with their multipliers", "[opt]") {
  FormulaProblem squares({"x", "y"}, "x^2 + y^2", {"x + y = 10"});
  const opt::ConstrainedMinimum m = solve(squares, Vec::Zero(2));
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.value, 50.0, 1e-6);
  CHECK_NEAR(m.multipliers[0].multiplier, -10.0, 1e-6);
  FormulaProblem disc({"x", "y"}, "x + 2*y", {"x^2 + y^2 <= 5", "x <= 9"});
  disc->box = {.low = Vec{{-0.5, -9}}, .high = Vec{{9, 9}}};
  const opt::ConstrainedMinimum d = solve(disc, Vec::Zero(2));
  INFO(d.reason);
  REQUIRE(d.status == Status::converged);
  CHECK(d.x[0] == -0.5);
  CHECK_NEAR(d.x[1], -std::sqrt(4.75), 1e-8);
  CHECK_NEAR(d.multipliers[0].multiplier, 1 / std::sqrt(4.75), 1e-6);  // 2 + 2 λ y = 0
  CHECK(d.multipliers[1].multiplier == 0);
}

TEST_CASE("auglag: Hock and Schittkowski 71", "[opt]") {
  FormulaProblem problem({"x1", "x2", "x3", "x4"}, "x1*x4*(x1 + x2 + x3) + x3",
                         {"x1*x2*x3*x4 >= 25", "x1^2 + x2^2 + x3^2 + x4^2 = 40"});
  problem->box = {.low = Vec::Ones(4), .high = Vec::Constant(4, 5)};
  const opt::ConstrainedMinimum m = solve(problem, Vec{{1, 5, 5, 1}});
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.value, 17.0140173, 1e-6);
  CHECK_NEAR(m.multipliers[0].multiplier, 0.552293660120727, 1e-5);  // mpmath, 30 digits
  CHECK_NEAR(m.multipliers[1].multiplier, 0.161468566770506, 1e-5);
}

TEST_CASE("auglag: a thousand variables", "[opt]") {
  // The point of the hyperplane Σ xᵢ = n that is nearest to (1, 2, ..., n) / n, in x ≥ 0.
  const Index n = 1000;
  const auto f = [&](const Vec& x, Vec& gradient) {
    double value = 0;
    for (Index i = 0; i < n; ++i) {
      const double d = x[i] - static_cast<double>(i + 1) / static_cast<double>(n);
      gradient[i] = 2 * d;
      value += d * d;
    }
    return value;
  };
  const auto g = [&](const Vec& x, Vec& gradient) {
    gradient.setOnes();
    return x.sum() - static_cast<double>(n);
  };
  const opt::ConstrainedMinimum m = opt::minimize(
      opt::ConstrainedProblem{
          f, {{.g = g, .equality = true}}, {Vec::Zero(n), Vec::Constant(n, 1e9)}},
      Vec::Zero(n), opt::AugmentedLagrangian{},
      {.stopping = {.gradient_tol = 1e-7}, .feasibility_tol = 1e-7, .second_order = false});
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  // All move by the same, (n − (n + 1)/2)/n; the multiplier is −2 times that.
  const double moved = (static_cast<double>(n) - (static_cast<double>(n) + 1) / 2) / 1000.0;
  CHECK_NEAR(m.value, 1000 * moved * moved, 1e-5);
  CHECK_NEAR(m.multipliers[0].multiplier, -2 * moved, 1e-6);
}

TEST_CASE("auglag: what contradicts itself, falls for ever or is not finite", "[opt]") {
  FormulaProblem two({"x"}, "x^2", {"x = 1", "x = 2"});
  const opt::ConstrainedMinimum m = solve(two, Vec::Zero(1));
  INFO(m.reason);
  CHECK(m.status == Status::stalled);
  CHECK_NEAR(m.feasibility, 0.5, 1e-3);
  FormulaProblem down({"x", "y"}, "x - y^3", {"x >= 1"});
  const opt::ConstrainedMinimum d = solve(down, Vec{{2, 1}});
  INFO(d.reason);
  CHECK(d.status == Status::divergent);
  FormulaProblem nan({"x"}, "log(x)", {"x >= 1"});
  CHECK(solve(nan, Vec{{-1}}).status == Status::not_finite);
  CHECK_THROWS_AS(opt::minimize(*nan, Vec::Ones(1), opt::AugmentedLagrangian{.growth = 1}),
                  DomainError);
}
