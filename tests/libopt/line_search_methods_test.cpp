#include <cmath>
#include <vector>

#include "libopt/line_search_methods.hpp"
#include "mathtool/opt/methods/steepest_descent.hpp"
#include "mathtool/opt/minimize.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/problems/published_problems.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::for_each_method, test::rosenbrock, test::rosenbrock_start;

TEST_CASE("line-search methods: the classical problems, to their minimum", "[opt]") {
  for (const test::Problem& problem : test::classical_problems())
    for_each_method([&]<class M>(const M& method) {
      INFO(M::name << " on " << problem.name);
      const opt::Minimum m = opt::minimize(problem.f, problem.start, method);
      INFO(m.reason);
      CHECK(m.status == Status::converged);
      CHECK(m.value - problem.minimum <= 2e-9);  // cg on Powell's singular function
      CHECK(m.evaluations <= 200);
    });
}

TEST_CASE("line-search methods: the slope is driven to 1e-10, past the digits of f", "[opt]") {
  for (const test::Problem& problem : test::classical_problems())
    for_each_method([&]<class M>(const M& method) {
      if (problem.name == "powell singular") return;  // takes hundreds of steps
      INFO(M::name << " on " << problem.name);
      const opt::Minimum m =
          opt::minimize(problem.f, problem.start, method, {.stopping = {.gradient_tol = 1e-10}});
      INFO(m.reason);
      CHECK(m.status == Status::converged);
      CHECK(m.value - problem.minimum <= 1e-13 * (1 + std::abs(problem.minimum)));
    });
}

TEST_CASE("line-search methods: where digits run out, it says so", "[opt]") {
  // At 1 + 1e-12 of it the slope of exp(x) − x is rounding.
  const auto f = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{std::exp(x[0]) - 1e5 / 3}};
    return std::exp(x[0]) - 1e5 / 3 * x[0];
  };
  for_each_method([&]<class M>(const M& method) {
    INFO(M::name);
    const opt::Minimum m =
        opt::minimize(f, Vec{{1.0}}, method, {.stopping = {.gradient_tol = 1e-18}});
    INFO(m.reason);
    CHECK((m.status == Status::stalled || m.status == Status::converged));
    CHECK_NEAR(m.x[0], std::log(1e5 / 3), 1e-13);
    CHECK(m.evaluations < 200);
    if (m.status == Status::stalled) CHECK_THAT(m.reason, ContainsSubstring("no digits left"));
  });
}

TEST_CASE("steepest descent: by Armijo's and by Wolfe's search to the same minima", "[opt]") {
  for (const char* name : {"booth", "himmelblau", "logistic regression", "log-sum-exp"})
    for (const bool wolfe : {false, true}) {
      const test::Problem& problem = test::classical_problem(name);
      const opt::Minimum m =
          opt::minimize(problem.f, problem.start, opt::SteepestDescent{.wolfe = wolfe});
      INFO(name << " " << wolfe << ": " << m.reason);
      CHECK(m.status == Status::converged);
      CHECK_NEAR(m.value, problem.minimum, 1e-9);
    }
}

TEST_CASE("cg: a quadratic function of n variables in about n steps", "[opt]") {
  // Exact searches would take n; these are not exact.
  constexpr Index n = 12;
  const auto f = [](const Vec& x, Vec& gradient) {
    const Vec weights = Vec::LinSpaced(n, 1, 40);
    gradient = weights.array() * (x.array() - 1);
    return 0.5 * gradient.dot(x - Vec::Ones(n));
  };
  const opt::Minimum m = opt::minimize(f, Vec::Zero(n), opt::Cg{});
  CHECK(m.status == Status::converged);
  CHECK(m.iterations <= 5 * n);
}

TEST_CASE("lbfgs: Rosenbrock's function of 100 variables, to 0 and not to the local minimum",
          "[opt]") {
  const opt::Minimum m = opt::minimize(rosenbrock, rosenbrock_start(100), opt::Lbfgs{},
                                       {.stopping = {.gradient_tol = 1e-8}});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK(m.value < 1e-13);
  CHECK(m.evaluations < 1212);  // of dlib
}

TEST_CASE("lbfgs: a hundred thousand variables", "[opt]") {
  constexpr Index n = 100'000;
  const auto f = [](const Vec& x, Vec& gradient) {
    gradient.resize(n);
    double sum = 0;
    for (Index i = 0; i < n; i += 2) {
      const double d = x[i + 1] - x[i] * x[i], e = 1 - x[i];
      sum += 100 * d * d + e * e;
      gradient[i] = -400 * x[i] * d - 2 * e;
      gradient[i + 1] = 200 * d;
    }
    return sum;
  };
  for (const int memory : {1, 5, 17}) {
    const opt::Minimum m = opt::minimize(f, rosenbrock_start(n), opt::Lbfgs{.memory = memory});
    INFO(memory << ": " << m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.value, 0.0, 1e-8);
  }
}

TEST_CASE("lbfgsb: without bounds it walks where lbfgs does", "[opt]") {
  for (const char* name : {"rosenbrock", "wood", "beale", "logistic regression"}) {
    const test::Problem& problem = test::classical_problem(name);
    const opt::Minimum a = opt::minimize(problem.f, problem.start, opt::Lbfgs{});
    const opt::Minimum b = opt::minimize(problem.f, problem.start, opt::Lbfgsb{});
    INFO(name << " " << a.evaluations << " " << b.evaluations);
    CHECK(std::abs(a.evaluations - b.evaluations) <= 5);
    CHECK_NEAR((a.x - b.x).norm(), 0.0, 1e-5);
  }
}

TEST_CASE("line-search methods: hostile objectives end with the right status", "[opt]") {
  for_each_method([&]<class M>(const M& method) {
    INFO(M::name);
    // Unbounded below, slowly and fast.
    const auto line = [](const Vec& x, Vec& gradient) {
      gradient = Vec{{-1.0}};
      return -x[0];
    };
    CHECK(opt::minimize(line, Vec{{1.0}}, method).status == Status::divergent);
    const auto cube = [](const Vec& x, Vec& gradient) {
      gradient = Vec{{3 * x[0] * x[0]}};
      return x[0] * x[0] * x[0];
    };
    CHECK(opt::minimize(cube, Vec{{-1.0}}, method).status == Status::divergent);
    // x − log x is NaN left of 0.
    const auto barrier = [](const Vec& x, Vec& gradient) {
      gradient = Vec{{1 - 1 / x[0]}};
      return x[0] > 0 ? x[0] - std::log(x[0]) : std::numeric_limits<double>::quiet_NaN();
    };
    const opt::Minimum inside = opt::minimize(barrier, Vec{{50.0}}, method);
    CHECK(inside.status == Status::converged);
    CHECK_NEAR(inside.x[0], 1.0, 1e-5);
    // A gradient of the wrong sign, and a corner.
    const auto uphill = [](const Vec& x, Vec& gradient) {
      gradient = -2 * x;
      return x.squaredNorm();
    };
    const opt::Minimum wrong = opt::minimize(uphill, Vec{{1.0}}, method);
    CHECK(wrong.status == Status::stalled);
    CHECK(wrong.x == Vec{{1.0}});
    CHECK_THAT(wrong.reason, ContainsSubstring("check the gradient"));
    const auto corner = [](const Vec& x, Vec& gradient) {
      gradient = Vec{{x[0] > 0 ? 1.0 : -1.0}};
      return std::abs(x[0]);
    };
    const opt::Minimum kink = opt::minimize(corner, Vec{{0.55}}, method);
    CHECK(kink.status != Status::converged);
    CHECK(kink.value <= 0.55);
    const auto edge = [](const Vec& x, Vec& gradient) {
      gradient = Vec{{1.0}};
      return x[0] >= 2 ? x[0] : std::numeric_limits<double>::quiet_NaN();
    };
    const opt::Minimum wall = opt::minimize(edge, Vec{{3.0}}, method);
    CHECK((wall.status == Status::not_finite || wall.status == Status::stalled));
    CHECK_NEAR(wall.x[0], 2.0, 1e-6);
  });
}

TEST_CASE("line-search methods: Moré, Garbow and Hillstrom's problems, beside SciPy", "[opt]") {
  REQUIRE_REFERENCE_DATA(data);
  // SciPy 1.10, exact gradients, gtol 1e-6: L-BFGS-B solves 18 in 634 evaluations without Meyer's
  // problem, BFGS 19 in 672, CG 18 in 3195.
  const auto check = [&]<class M>(const M& method, int least, std::int64_t most) {
    int solved = 0;
    std::int64_t evaluations = 0;
    std::string missed;
    for (const test::PublishedProblem& problem : test::more_garbow_hillstrom(data)) {
      auto f = problem.objective();
      const opt::Minimum m = opt::minimize(f, problem.start, method);
      const bool ok = test::minimum_digits(m.value, problem.minimum) >= 6 ||
                      test::minimum_digits(m.value, problem.local_minimum) >= 6 ||
                      (problem.name == "Biggs EXP6" &&
                       test::minimum_digits(m.value, 5.655649925e-3) >= 6);  // published too
      solved += ok;
      if (!ok) missed += problem.name + ": " + m.reason + "\n";
      if (problem.name != "Meyer") evaluations += m.evaluations;
    }
    INFO(M::name << " solved " << solved << " in " << evaluations << "\n" << missed);
    CHECK(solved >= least);
    CHECK(evaluations <= most);
  };
  check(opt::Lbfgs{}, 19, 640);
  check(opt::Bfgs{}, 19, 700);
  check(opt::Lbfgsb{}, 18, 640);
  check(opt::Cg{}, 14, 3195);
}
