#include "mathtool/opt/minimize.hpp"

#include <atomic>
#include <cmath>
#include <limits>

#include "mathtool/opt/rules/adam.hpp"
#include "mathtool/opt/rules/gradient_descent.hpp"
#include "mathtool/opt/rules/momentum.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// (x − 1)² + 10 (y + 2)², minimum 0 at (1, −2).
double bowl(const Vec& x, Vec& gradient) {
  gradient = Vec{{2 * (x[0] - 1), 20 * (x[1] + 2)}};
  return (x[0] - 1) * (x[0] - 1) + 10 * (x[1] + 2) * (x[1] + 2);
}

void check_finds_the_bottom(const auto& rule) {
  const opt::Minimum m = opt::minimize(bowl, Vec::Zero(2), rule);
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 1.0, 1e-5);
  CHECK_NEAR(m.x[1], -2.0, 1e-5);
  CHECK(m.gradient_norm <= 2e-6);
  CHECK(m.evaluations == m.iterations + 1);
}

}  // namespace

TEST_CASE("minimize: every rule finds the bottom of a bowl", "[opt]") {
  check_finds_the_bottom(opt::GradientDescent{.learning_rate = 0.05});
  check_finds_the_bottom(opt::Momentum{.learning_rate = 0.01});
  check_finds_the_bottom(opt::Adam{.learning_rate = 0.05});
}

TEST_CASE("minimize: at the minimum no step is taken", "[opt]") {
  const opt::Minimum m = opt::minimize(bowl, Vec{{1.0, -2.0}}, opt::GradientDescent{});
  CHECK(m.status == Status::converged);
  CHECK(m.iterations == 0);
  CHECK(m.value == 0.0);
}

TEST_CASE("minimize: a diverging run says so and keeps the best point", "[opt]") {
  const opt::Minimum m =
      opt::minimize(bowl, Vec{{1.5, -2.0}}, opt::GradientDescent{.learning_rate = 5.0});
  CHECK(m.status == Status::not_finite);
  CHECK(m.value == 0.25);  // the start: every step leads away
  CHECK(m.x == Vec{{1.5, -2.0}});
}

TEST_CASE("minimize: a budget that runs out is no convergence", "[opt]") {
  const opt::Minimum m =
      opt::minimize(bowl, Vec::Zero(2), opt::GradientDescent{.learning_rate = 0.01},
                    {.stopping = {.max_iterations = 5}});
  CHECK(m.status == Status::out_of_budget);
  CHECK(m.iterations == 5);
  CHECK_THAT(m.reason, ContainsSubstring("5 iterations"));
}

TEST_CASE("minimize: NaN at the start and a request to stop end it", "[opt]") {
  const auto nan = [](const Vec&, Vec& gradient) {
    gradient.setZero();
    return std::numeric_limits<double>::quiet_NaN();
  };
  CHECK(opt::minimize(nan, Vec::Zero(1), opt::Adam{}).status == Status::not_finite);
  const std::atomic<bool> flag = true;
  CHECK(opt::minimize(bowl, Vec::Zero(2), opt::Adam{}, {.stopping = {.stop = StopToken(flag)}})
            .status == Status::stopped);
}

TEST_CASE("minimize: a gradient of another size than x is refused", "[opt]") {
  const auto wrong = [](const Vec&, Vec& gradient) {
    gradient = Vec::Ones(3);
    return 1.0;
  };
  CHECK_THROWS_AS(opt::minimize(wrong, Vec::Zero(2), opt::Adam{}), DimensionError);
  CHECK_THROWS_AS(
      opt::minimize(bowl, Vec::Zero(2), opt::Adam{}, {.stopping = {.max_iterations = -1}}),
      DomainError);
}

TEST_CASE("minimize: broken preconditions are named", "[opt]") {
  CHECK_THROWS_AS(opt::minimize(bowl, Vec(), opt::Adam{}), DomainError);
  CHECK_THROWS_AS(opt::minimize(bowl, Vec::Constant(2, INFINITY), opt::Adam{}), DomainError);
  CHECK_THROWS_AS(opt::minimize(bowl, Vec::Zero(2), opt::Adam{.beta1 = 2}), DomainError);
}
