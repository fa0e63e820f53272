#include <cmath>
#include <set>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/opt/methods/differential_evolution.hpp"
#include "mathtool/opt/methods/multistart.hpp"
#include "mathtool/opt/minimize.hpp"
#include "support/formula_objective.hpp"
#include "support/problems/published_problems.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::formula;

namespace {

opt::Box square(double half) { return {Vec::Constant(2, -half), Vec::Constant(2, half)}; }

/// Somewhere in the box, and at no symmetric place: no minimum is there by chance.
Vec off_centre(const opt::Box& box) { return box.low + 0.81 * (box.high - box.low); }

int solved_by(const auto& method, const std::vector<test::PublishedProblem>& problems) {
  int solved = 0;
  for (const test::PublishedProblem& problem : problems) {
    auto f = problem.objective();
    const opt::Box box{problem.low, problem.high};
    const opt::Minimum m = opt::minimize(f, off_centre(box), method, {.box = box});
    const double digits = test::minimum_digits(m.value, problem.minimum);
    UNSCOPED_INFO(problem.name << ": " << digits << " digits, " << m.evaluations << " evaluations, "
                               << m.reason);
    solved += digits >= 6;
  }
  return solved;
}

}  // namespace

TEST_CASE("global methods: the published functions of many minima", "[opt]") {
  REQUIRE_REFERENCE_DATA(data);
  const auto problems = test::global_problems(data);
  CHECK(problems.size() == 19);
  CHECK(solved_by(opt::DifferentialEvolution{}, problems) == 19);
  CHECK(solved_by(opt::Multistart{}, problems) >= 15);
}

TEST_CASE("de: the same seed gives the same run, another one another", "[opt]") {
  auto f = formula("20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)", {"x", "y"});
  const opt::MinimizeOptions options{.box = square(5)};
  const Vec start{{3.0, -4.0}};
  const auto run = [&](std::uint64_t seed) {
    return opt::minimize(f, start, opt::DifferentialEvolution{.seed = seed}, options);
  };
  const opt::Minimum a = run(1), b = run(1), c = run(2);
  CHECK(a.x == b.x);
  CHECK(a.evaluations == b.evaluations);
  CHECK(a.evaluations != c.evaluations);
  for (const opt::Minimum& m : {a, c}) {
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.value, 0, 1e-12);
    CHECK_THAT(m.reason, ContainsSubstring("20 members"));
  }
}

TEST_CASE("de: it takes no gradient but to polish, and does without where there is none", "[opt]") {
  auto f = formula("x^2 + y^2 - x", {"x", "y"});
  const opt::Minimum m = opt::minimize(
      f, Vec{{1.0, 1.0}}, opt::DifferentialEvolution{.polish = false}, {.box = square(2)});
  CHECK(m.gradients == 0);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.value, -0.25, 1e-4);
  const auto steps = [](const Vec& x, Vec& gradient) {
    gradient = Vec::Constant(2, std::nan(""));
    return std::floor(std::abs(x[0] - 0.3) * 4) + std::floor(std::abs(x[1]) * 4);
  };
  const opt::Minimum s =
      opt::minimize(steps, Vec{{1.0, 1.0}}, opt::DifferentialEvolution{}, {.box = square(2)});
  CHECK(s.value == 0);
  CHECK(s.status == Status::converged);
  CHECK_THAT(s.reason, ContainsSubstring("no finite gradient"));
}

TEST_CASE("global methods: bounds that are missing or infinite are asked for", "[opt]") {
  auto f = formula("x^2 + y^2", {"x", "y"});
  const double inf = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(opt::minimize(f, Vec::Ones(2), opt::DifferentialEvolution{}),
                    ContainsSubstring("there are none"));
  CHECK_THROWS_WITH(opt::minimize(f, Vec::Ones(2), opt::Multistart{},
                                  {.box = {Vec{{-1.0, -1.0}}, Vec{{1.0, inf}}}}),
                    ContainsSubstring("variable 2"));
  CHECK_THROWS_WITH(opt::DifferentialEvolution({.low = 2}).validate(),
                    ContainsSubstring("low must be <= high"));
}

TEST_CASE("global methods: parts of the box where f is NaN, and budgets", "[opt]") {
  auto f = formula("x*log(x) + y*log(y)", {"x", "y"});  // NaN for x < 0; minimum −2/e
  const opt::MinimizeOptions options{.box = square(3)};
  const double lowest = -2 * std::exp(-1);
  CHECK_NEAR(opt::minimize(f, Vec{{2.0, 2.0}}, opt::DifferentialEvolution{}, options).value, lowest,
             1e-10);
  const opt::Minimum m = opt::minimize(f, Vec{{2.0, 2.0}}, opt::Multistart{}, options);
  INFO(m.reason);
  CHECK_NEAR(m.value, lowest, 1e-10);
  CHECK_THAT(m.reason, ContainsSubstring("f was not finite at"));
  for (const int most : {1, 5, 19, 60}) {
    opt::MinimizeOptions limited = options;
    limited.stopping.max_evaluations = most;
    const opt::Minimum de =
        opt::minimize(f, Vec{{2.0, 2.0}}, opt::DifferentialEvolution{}, limited);
    CHECK(de.evaluations == most);
    CHECK(de.status == Status::out_of_budget);
    const opt::Minimum ms = opt::minimize(f, Vec{{2.0, 2.0}}, opt::Multistart{}, limited);
    CHECK(ms.evaluations <= most);
    CHECK(ms.status == Status::out_of_budget);
  }
}

TEST_CASE("multistart: it counts the searches that ended lowest and the different minima",
          "[opt]") {
  // Himmelblau's function: four minima, all of them 0.
  auto f = formula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", {"x", "y"});
  const opt::Minimum m =
      opt::minimize(f, Vec{{0.5, 0.5}}, opt::Multistart{.starts = 60}, {.box = square(6)});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.value, 0, 1e-12);
  CHECK_THAT(m.reason,
             ContainsSubstring("60 of 60 searches ended at the lowest value, in 4 places"));
  CHECK_THAT(m.reason, ContainsSubstring("4 different minima"));
  CHECK(m.gradient_norm <= 1e-5);
}
