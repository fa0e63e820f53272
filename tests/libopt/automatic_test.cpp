#include "mathtool/opt/methods/automatic.hpp"

#include <cmath>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/opt/autodiff_objective.hpp"
#include "mathtool/opt/methods/all.hpp"
#include "support/formula_objective.hpp"
#include "support/problems/published_problems.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::formula;

TEST_CASE("auto: every problem of Moré, Garbow and Hillstrom to its published minimum", "[opt]") {
  REQUIRE_REFERENCE_DATA(data);
  const auto problems = test::more_garbow_hillstrom(data);
  CHECK(problems.size() == 20);
  std::int64_t evaluations = 0;
  for (const test::PublishedProblem& problem : problems) {
    auto f = problem.objective();
    const opt::Minimum m = opt::minimize(f, problem.start, opt::Automatic{});
    INFO(problem.id << " " << problem.name << ": " << m.value << ", " << m.reason);
    CHECK(m.status == Status::converged);
    CHECK(test::minimum_digits(m.value, problem.minimum) >= 6);
    evaluations += m.evaluations;
  }
  // SciPy 1.10's trust-exact with tol=1e-8 and exact derivatives, the only one of its methods that
  // solves all of them, calls f 593 and its gradient 519 times.
  CHECK(evaluations <= 593 + 519);
}

TEST_CASE("trust: every problem of Moré, Garbow and Hillstrom to a published minimum", "[opt]") {
  REQUIRE_REFERENCE_DATA(data);
  std::int64_t evaluations = 0;
  for (const test::PublishedProblem& problem : test::more_garbow_hillstrom(data)) {
    auto f = problem.objective();
    const opt::Minimum m = opt::minimize(f, problem.start, opt::Trust{});
    INFO(problem.id << " " << problem.name << ": " << m.value << ", " << m.reason);
    CHECK(m.status == Status::converged);
    CHECK(std::max(test::minimum_digits(m.value, problem.minimum),
                   test::minimum_digits(m.value, problem.local_minimum)) >= 6);
    evaluations += m.evaluations + m.gradients;
  }
  CHECK(evaluations <= 593 + 519);
}

TEST_CASE("auto: it says what it chose and why", "[opt]") {
  auto f = formula("(x - 1)^2 + exp(y) - y", {"x", "y"});
  CHECK_THAT(opt::minimize(f, Vec{{3.0, 2.0}}, opt::Automatic{}).reason,
             ContainsSubstring("by trust: the Hessian is known and 2 variables are few"));
  auto many = opt::by_autodiff([](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    S sum = 0;
    for (Index i = 0; i < x.size(); ++i) sum = sum + (x[i] - 1) * (x[i] - 1);
    return sum;
  });
  const opt::Minimum m = opt::minimize(many, Vec::Zero(1000), opt::Automatic{});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_THAT(m.reason, ContainsSubstring("by newton-cg: products with the Hessian are known"));
  const auto bowl = [](const Vec& x, Vec& gradient) {
    gradient = 2 * (x.array() - 1);
    return (x.array() - 1).square().sum();
  };
  const auto reason = [&](Index n, const opt::Box& box) {
    return opt::minimize(bowl, Vec::Zero(n), opt::Automatic{}, {.box = box}).reason;
  };
  CHECK_THAT(reason(5, {}), ContainsSubstring("by bfgs: the gradient is known, and no Hessian"));
  CHECK_THAT(reason(5000, {}), ContainsSubstring("by lbfgs: 5000 variables are many"));
  CHECK_THAT(reason(5000, {Vec::Constant(5000, -2), Vec::Constant(5000, 0.5)}),
             ContainsSubstring("by lbfgsb: 5000 variables are many, and there are bounds"));
}

TEST_CASE("auto: equations that a first minimum leaves unsolved are looked for elsewhere",
          "[opt]") {
  // Freudenstein and Roth: from here every method comes to the local minimum 48.984.
  auto f = formula("(x - 13 + ((5 - y)*y - 2)*y)^2 + (x - 29 + ((y + 1)*y - 14)*y)^2", {"x", "y"});
  CHECK(f.squares() == 2);
  const opt::Minimum m = opt::minimize(f, Vec{{0.5, -2.0}}, opt::Automatic{});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 5, 1e-6);
  CHECK_NEAR(m.x[1], 4, 1e-6);
  CHECK_THAT(m.reason, ContainsSubstring("from elsewhere led here"));
  const opt::Minimum first = opt::minimize(f, Vec{{0.5, -2.0}}, opt::Automatic{.extra = 0});
  CHECK_NEAR(first.value, 48.98425367924, 1e-8);
  // No solution: x = 0 and x = 1 at once. It stays where it is, and says so.
  auto none = formula("x^2 + (x - 1)^2 + y^4", {"x", "y"});
  CHECK(none.squares() == 3);
  auto contrary = formula("(x*y)^2 + 3*(x*y - 1)^2", {"x", "y"});
  const opt::Minimum c = opt::minimize(contrary, Vec{{2.0, 1.0}}, opt::Automatic{});
  INFO(c.reason);
  CHECK(c.status == Status::converged);
  CHECK_NEAR(c.value, 0.75, 1e-10);
  CHECK_THAT(c.reason, ContainsSubstring("are not solved here"));
  // Where nothing says that there is more, nothing is spent.
  auto plain = formula("(x - 1)^2 + (y - 2)^2 + (x*y - 3)^2", {"x", "y"});
  const opt::Minimum p = opt::minimize(plain, Vec{{0.0, 0.0}}, opt::Automatic{});
  const opt::Minimum t = opt::minimize(plain, Vec{{0.0, 0.0}}, opt::Trust{});
  CHECK(p.evaluations == t.evaluations);
  CHECK(p.x == t.x);
}

TEST_CASE("expression objective: sums of squares are seen in how they are written", "[opt]") {
  const auto squares = [](const char* text) { return formula(text, {"x", "y"}).squares(); };
  CHECK(squares("100*(y - x^2)^2 + (1 - x)^2") == 2);
  CHECK(squares("x^2") == 1);
  CHECK(squares("x*x + y^4/2") == 2);
  CHECK(squares("2*(x^2 + 3*y^2)") == 2);
  CHECK(squares("x^2 - y^2") == 0);
  CHECK(squares("x^2 + y") == 0);
  CHECK(squares("x^3") == 0);
  CHECK(squares("-x^2") == 0);
  CHECK(squares("x^2 + 1") == 0);
  CHECK(squares("x^2*y^2") == 0);
  CHECK(squares("x") == 0);
}

TEST_CASE("auto: out of a valley that leads to infinity others are tried", "[opt]") {
  // Beale's function: from here a trust region follows y = 1 to ever larger x, where f falls to
  // 0.452 only; the minimum is 0 at (3, 1/2).
  auto f =
      formula("(1.5 - x*(1 - y))^2 + (2.25 - x*(1 - y^2))^2 + (2.625 - x*(1 - y^3))^2", {"x", "y"});
  const Vec start{{-2.0, 1.2}};
  CHECK(opt::minimize(f, start, opt::Trust{}).value > 0.45);
  const opt::Minimum m = opt::minimize(f, start, opt::Automatic{});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 3, 1e-5);
  CHECK_NEAR(m.x[1], 0.5, 1e-5);
  CHECK_THAT(m.reason, ContainsSubstring("others began anew"));
  // Where nothing better is found, it is said.
  auto tail = formula("1/(1 + x^2)", {"x"});
  const opt::Minimum away = opt::minimize(tail, Vec{{0.5}}, opt::Automatic{});
  INFO(away.reason);
  CHECK_THAT(away.reason, ContainsSubstring("run off"));
}

TEST_CASE("auto: corners of f are finished by the simplex", "[opt]") {
  auto f = formula("abs(x - 1) + abs(y - x) + 0.1*x^2", {"x", "y"});
  const opt::Minimum m = opt::minimize(f, Vec{{5.3, -2.7}}, opt::Automatic{});
  INFO(m.reason);
  CHECK_NEAR(m.value, 0.1, 1e-6);
}

TEST_CASE("auto: bounds, NaN, no bottom, budgets", "[opt]") {
  auto f = formula("(x - 3)^2 + (y - x)^2", {"x", "y"});
  const opt::Minimum m =
      opt::minimize(f, Vec{{0.0, 0.0}}, opt::Automatic{}, {.box = {Vec{{-1, -1}}, Vec{{2, 1}}}});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK(m.x == Vec{{2.0, 1.0}});
  auto root = formula("sqrt(x) - log(x)", {"x"});  // minimum at 4
  CHECK_NEAR(opt::minimize(root, Vec{{0.01}}, opt::Automatic{}).x[0], 4, 1e-5);
  CHECK(opt::minimize(root, Vec{{-1.0}}, opt::Automatic{}).status == Status::not_finite);
  auto falls = formula("x*y", {"x", "y"});
  CHECK(opt::minimize(falls, Vec{{1.0, 1.0}}, opt::Automatic{}).status == Status::divergent);
  auto system = formula("(x^2 + 1)^2 + y^2", {"x", "y"});
  for (const int most : {1, 2, 5, 9}) {
    const opt::Minimum b = opt::minimize(system, Vec{{3.0, 4.0}}, opt::Automatic{},
                                         {.stopping = {.max_evaluations = most}});
    CHECK(b.evaluations <= most);
  }
}

TEST_CASE("auto: a limit far off is suspicious, a minimum far off is not", "[opt]") {
  auto limit = formula("1/(1 + x^2)^0.1", {"x"});
  const opt::Minimum away = opt::minimize(limit, Vec{{1.0}}, opt::Automatic{});
  INFO(away.x << ", " << away.reason);
  CHECK(away.status != Status::converged);
  auto parabola = formula("x^2 - 2e6*x", {"x"});
  const opt::Minimum far = opt::minimize(parabola, Vec{{1.0}}, opt::Automatic{});
  INFO(far.reason);
  CHECK(far.status == Status::converged);
  CHECK_NEAR(far.x[0], 1e6, 1e-6);
}
