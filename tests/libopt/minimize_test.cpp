#include "mathtool/opt/minimize.hpp"

#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

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

TEST_CASE("minimize: iterates never leave the box, and a bound may hold the minimum", "[opt]") {
  const opt::Box box{.low = Vec{{-1.0, -1.5}}, .high = Vec{{0.5, 3.0}}};
  bool inside = true;
  const auto guarded = [&](const Vec& x, Vec& gradient) {
    inside = inside && box.contains(x);
    return bowl(x, gradient);
  };
  const opt::Minimum m = opt::minimize(guarded, Vec{{9.0, 9.0}},
                                       opt::GradientDescent{.learning_rate = 0.04}, {.box = box});
  INFO(m.reason);
  CHECK(inside);
  CHECK(m.status == Status::converged);
  CHECK(m.x == Vec{{0.5, -1.5}});  // both bounds active
  CHECK(m.gradient_norm == 0);
  CHECK_THROWS_WITH(opt::minimize(bowl, Vec::Zero(2), opt::Adam{},
                                  {.box = {.low = Vec{{0, 2}}, .high = Vec{{1, 1}}}}),
                    ContainsSubstring("variable 2 must lie between 2 and 1"));
  CHECK_THROWS_AS(opt::minimize(bowl, Vec::Zero(2), opt::Adam{},
                                {.box = {.low = Vec::Zero(3), .high = Vec::Ones(3)}}),
                  DimensionError);
}

TEST_CASE("minimize: each stopping rule ends a run and says why", "[opt]") {
  const opt::GradientDescent rule{.learning_rate = 0.02};
  const auto run = [&](const opt::StoppingOptions& stopping) {
    return opt::minimize(bowl, Vec::Zero(2), rule, {.stopping = stopping});
  };
  const opt::Minimum target = run({.target = 1});
  CHECK(target.status == Status::converged);
  CHECK(target.value <= 1);
  CHECK_THAT(target.reason, ContainsSubstring("target 1"));
  const opt::Minimum step = run({.gradient_tol = 0, .step_tol = 1e-4});
  CHECK(step.status == Status::converged);
  CHECK_THAT(step.reason, ContainsSubstring("3 steps in a row"));
  const opt::Minimum value = run({.gradient_tol = 0, .value_tol = 0.1});
  CHECK(value.status == Status::converged);
  CHECK_THAT(value.reason, ContainsSubstring("f changed 3 times in a row"));
  const opt::Minimum evaluations = run({.max_evaluations = 7});
  CHECK(evaluations.status == Status::out_of_budget);
  CHECK(evaluations.evaluations == 7);
  const opt::Minimum time =
      run({.gradient_tol = 0, .max_iterations = 1'000'000'000, .max_seconds = 1e-3});
  // Either the clock, or x that no longer changes to the last bit.
  CHECK((time.status == Status::out_of_budget || time.status == Status::converged ||
         time.status == Status::stalled));
  CHECK(time.iterations < 1'000'000'000);
  CHECK_THROWS_WITH(run({.patience = 0}), ContainsSubstring("patience must be >= 1"));
}

TEST_CASE("minimize: an observer sees every iterate and may stop", "[opt]") {
  std::vector<double> seen;
  const opt::Minimum m =
      opt::minimize(bowl, Vec::Zero(2), opt::GradientDescent{.learning_rate = 0.02},
                    {.observe =
                         [&](const opt::Iterate& now) {
                           Vec gradient(2);
                           CHECK(bowl(now.x, gradient) == now.value);
                           CHECK(gradient == now.gradient);
                           seen.push_back(now.value);
                           return now.iteration == 4 ? opt::Flow::stop : opt::Flow::keep_going;
                         },
                     .keep_history = true});
  CHECK(m.status == Status::stopped);
  CHECK(m.iterations == 4);
  REQUIRE(seen.size() == 5);
  REQUIRE(m.history.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK(m.history[i].value == seen[i]);
  CHECK(m.history[0].step == 0);
  CHECK_NEAR(m.history[1].step, 0.8, 1e-15);  // 0.02 · 40
}

namespace {

/// Walks down one coordinate at a time and knows when it is done: a method with its own mind.
struct Walker {
  struct State {
    double length;
  };
  State init(const opt::Iterate&) const { return {1}; }
  std::optional<opt::Stop> step(State& state, opt::Evaluations& f, opt::Iterate& now) const {
    for (; state.length > 1e-7 && !f.exhausted(); state.length /= 2)
      for (Index i = 0; i < now.x.size(); ++i)
        for (const double sign : {1.0, -1.0}) {
          Vec x = now.x;
          x[i] += sign * state.length;
          if (f.value(x) < now.value) {
            now.x = x;
            now.value = f(now.x, now.gradient);
            return std::nullopt;
          }
        }
    return opt::Stop{Status::stalled, "the walk is over"};
  }
  void validate() const {}
};

}  // namespace

TEST_CASE("minimize: a method that evaluates f itself runs in the same loop", "[opt]") {
  const opt::Minimum m =
      opt::minimize(bowl, Vec::Zero(2), Walker{}, {.stopping = {.gradient_tol = 0}});
  CHECK(m.x == Vec{{1.0, -2.0}});  // whole steps lead there
  CHECK(m.status == Status::converged);
  CHECK(m.gradients < m.evaluations);
  // Its own verdict counts where no tolerance is met, and a budget within the step does too.
  const auto shifted = [](const Vec& x, Vec& gradient) {
    return bowl(x + Vec::Constant(2, 1.0 / 3), gradient);
  };
  CHECK(opt::minimize(shifted, Vec::Zero(2), Walker{}, {.stopping = {.gradient_tol = 0}}).reason ==
        "the walk is over");
  const opt::Minimum bounded = opt::minimize(
      shifted, Vec::Zero(2), Walker{}, {.stopping = {.gradient_tol = 0, .max_evaluations = 12}});
  CHECK(bounded.evaluations <= 13);
  CHECK(bounded.value < shifted(Vec::Zero(2), *std::make_unique<Vec>(2)));
}
