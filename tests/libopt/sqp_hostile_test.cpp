#include "mathtool/opt/methods/sqp.hpp"

#include <atomic>
#include <cmath>
#include <limits>

#include "constrained_problem.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::FormulaProblem;

namespace {

opt::ConstrainedMinimum solve(FormulaProblem& problem, const Vec& start,
                              const opt::Sqp& method = {}) {
  return opt::minimize(*problem, start, method, {.variables = problem.variables()});
}

}  // namespace

TEST_CASE("sqp: constraints that contradict each other are named, with the least violation",
          "[opt]") {
  FormulaProblem two({"x"}, "x^2", {"x = 1", "x = 2"});
  const opt::ConstrainedMinimum m = solve(two, Vec::Zero(1));
  INFO(m.reason);
  CHECK(m.status == Status::stalled);
  CHECK_THAT(m.reason, ContainsSubstring("no point satisfies all constraints"));
  CHECK_NEAR(m.feasibility, 0.5, 1e-4);
  CHECK_NEAR(m.x[0], 1.5, 1e-4);
  CHECK(m.sensitivity.empty());

  FormulaProblem apart({"x", "y"}, "x + y", {"x^2 + y^2 <= 1", "x + y >= 3"});
  const opt::ConstrainedMinimum disc = solve(apart, Vec{{2, 0}});
  INFO(disc.reason);
  CHECK(disc.status == Status::stalled);
  CHECK_THAT(disc.reason, ContainsSubstring("no point satisfies"));
  CHECK(disc.x[0] + disc.x[1] > 1.41);  // between the disc and the half-plane
  CHECK(disc.x[0] + disc.x[1] < 3);

  FormulaProblem constant({"x"}, "x^2", {"1 <= 0"});
  const opt::ConstrainedMinimum never = solve(constant, Vec::Ones(1));
  CHECK(never.status == Status::stalled);
  CHECK_THAT(never.reason, ContainsSubstring("'1 <= 0'"));

  FormulaProblem outside({"x"}, "x", {"x >= 5"});
  outside->box = {.low = Vec::Zero(1), .high = Vec::Ones(1)};
  const opt::ConstrainedMinimum beyond = solve(outside, Vec::Zero(1));
  CHECK(beyond.status == Status::stalled);
  CHECK_NEAR(beyond.feasibility, 4.0, 1e-6);
}

TEST_CASE("sqp: functions that end somewhere shorten steps", "[opt]") {
  // Lagrange: 1/x = λ, 4/y = λ on x + y = 1: x = 1/5, λ = 5.
  FormulaProblem logs({"x", "y"}, "-log(x) - 4*log(y)", {"x + y = 1"});
  const opt::ConstrainedMinimum m = solve(logs, Vec{{0.01, 5}});
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 0.2, 1e-9);
  CHECK_NEAR(m.multipliers[0].multiplier, 5.0, 1e-8);
  FormulaProblem root({"x", "y"}, "x + y", {"sqrt(x)*y >= 1"});
  const opt::ConstrainedMinimum r = solve(root, Vec{{4, 4}});
  INFO(r.reason);
  REQUIRE(r.status == Status::converged);
  // y = x^(−1/2), 1 = x^(−3/2)/2.
  CHECK_NEAR(r.x[0], std::pow(2.0, -2.0 / 3), 1e-9);
  FormulaProblem nowhere({"x"}, "log(x)", {"x >= 1"});
  const opt::ConstrainedMinimum nan = solve(nowhere, Vec{{-1}});
  CHECK(nan.status == Status::not_finite);
  CHECK_THAT(nan.reason, ContainsSubstring("at the start"));
}

TEST_CASE("sqp: budgets, observers and requests to stop end it and say so", "[opt]") {
  FormulaProblem problem({"x", "y"}, "(1 - x)^2 + 100*(y - x^2)^2", {"x^2 + y^2 <= 1"});
  const opt::ConstrainedMinimum few =
      opt::minimize(*problem, Vec{{-1.2, 1}}, opt::Sqp{}, {.stopping = {.max_iterations = 2}});
  CHECK(few.status == Status::out_of_budget);
  CHECK(few.iterations == 2);
  CHECK_THAT(few.reason, ContainsSubstring("2 iterations used"));
  int seen = 0;
  const opt::ConstrainedMinimum stopped =
      opt::minimize(*problem, Vec{{-1.2, 1}}, opt::Sqp{},
                    {.observe =
                         [&](const opt::ConstrainedIterate&) {
                           return ++seen == 3 ? opt::Flow::stop : opt::Flow::keep_going;
                         },
                     .keep_history = true});
  CHECK(stopped.status == Status::stopped);
  CHECK(seen == 3);
  REQUIRE(stopped.records.size() == 3);
  CHECK(stopped.records[0].x == Vec{{-1.2, 1}});
  const std::atomic<bool> flag = true;
  CHECK(opt::minimize(*problem, Vec{{-1.2, 1}}, opt::Sqp{}, {.stopping = {.stop = StopToken(flag)}})
            .status == Status::stopped);
}

TEST_CASE("sqp: broken preconditions are named", "[opt]") {
  FormulaProblem problem({"x"}, "x^2", {"x >= 1"});
  CHECK_THROWS_AS(solve(problem, Vec()), DomainError);
  CHECK_THROWS_AS(solve(problem, Vec{{NAN}}), DomainError);
  CHECK_THROWS_AS(solve(problem, Vec::Zero(1), {.decrease = -1}), DomainError);
  CHECK_THROWS_AS(opt::minimize(*problem, Vec::Zero(1), opt::Sqp{}, {.feasibility_tol = -1}),
                  DomainError);
  problem->box = {.low = Vec::Ones(1), .high = Vec::Zero(1)};
  CHECK_THROWS_WITH(solve(problem, Vec::Zero(1)), ContainsSubstring("which is empty"));
}
