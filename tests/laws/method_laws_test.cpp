#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/opt/methods/all.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

// Laws of every method that the registry names, on the classical problems. That values fall, the
// box holds and counts are right is in tests/libopt/methods_test.cpp.

namespace {

using namespace mathtool;

/// Calls f with every method for smooth functions of any number of variables: not rules, which have
/// laws of their own, nor those that draw points at random in a box.
template <class F>
void for_each_method(F&& f) {
  for (const opt::MethodInfo& info : opt::methods())
    if (info.kind == opt::MethodKind::line_search || info.kind == opt::MethodKind::newton)
      f(opt::make_method(info.name), info);
}

struct Walk {
  std::vector<Vec> points = {};
  opt::Minimum end = {};
};

/// At most so many iterations, without a test that could end it sooner on one scale than on
/// another.
template <class F>
Walk walk(F&& f, const Vec& start, const opt::AnyMethod& method, int iterations) {
  Walk result;
  opt::MinimizeOptions options{.stopping = {.gradient_tol = 0, .max_iterations = iterations}};
  options.observe = [&](const opt::Iterate& now) {
    result.points.push_back(now.x);
    return opt::Flow::keep_going;
  };
  result.end = opt::minimize(f, start, method, options);
  return result;
}

}  // namespace

TEST_CASE("methods: f times a power of two has the same iterates to the last bit", "[opt][law]") {
  for (const test::Problem& problem : test::classical_problems())
    for_each_method([&](const opt::AnyMethod& method, const opt::MethodInfo& info) {
      if (info.kind != opt::MethodKind::line_search) return;
      const Walk plain = walk(problem.f, problem.start, method, 12);
      for (const int exponent : {-40, -3, 20}) {
        INFO(info.name << " on " << problem.name << " times 2^" << exponent);
        const auto scaled = [&](const Vec& x, Vec& gradient) {
          const double value = problem.f(x, gradient);
          gradient *= std::ldexp(1, exponent);
          return std::ldexp(value, exponent);
        };
        const Walk other = walk(scaled, problem.start, method, 12);
        CHECK(other.points == plain.points);
      }
    });
}

TEST_CASE("methods: the order of the variables does not matter", "[opt][law]") {
  for (const test::Problem& problem : test::classical_problems())
    for_each_method([&](const opt::AnyMethod& method, const opt::MethodInfo& info) {
      INFO(info.name << " on " << problem.name);
      const auto turned = [&](const Vec& x, Vec& gradient) {
        const double value = problem.f(x.reverse(), gradient);
        gradient = Vec(gradient.reverse());
        return value;
      };
      // Sums of another order: rounding, which twelve steps may enlarge.
      const Walk plain = walk(problem.f, problem.start, method, 5);
      const Walk other = walk(turned, problem.start.reverse(), method, 5);
      REQUIRE(other.points.size() == plain.points.size());
      CHECK((plain.points.back() - other.points.back().reverse()).lpNorm<Eigen::Infinity>() <=
            1e-6 * (1 + plain.points.back().lpNorm<Eigen::Infinity>()));
    });
}

TEST_CASE("methods: a function that is moved has its minimum moved", "[opt][law]") {
  for (const char* name : {"rosenbrock", "beale", "wood", "booth", "ill-conditioned bowl",
                           "logistic regression", "log-sum-exp"}) {
    const test::Problem& problem = test::classical_problem(name);
    const Vec shift = Vec::LinSpaced(problem.start.size(), -3, 4);
    const auto moved = [&](const Vec& x, Vec& gradient) { return problem.f(x - shift, gradient); };
    for_each_method([&](const opt::AnyMethod& method, const opt::MethodInfo& info) {
      INFO(info.name << " on " << name);
      const opt::MinimizeOptions options{
          .stopping = {.gradient_tol = 1e-7, .max_iterations = 20'000}};
      const opt::Minimum m = opt::minimize(moved, problem.start + shift, method, options);
      INFO(m.reason);
      CHECK(m.value - problem.minimum <= 1e-9);
      CHECK((m.x - shift - problem.minimisers[0]).lpNorm<Eigen::Infinity>() <= 1e-3);
    });
  }
}

TEST_CASE("methods: a budget of evaluations is kept exactly, and the best point with it",
          "[opt][law]") {
  for (const char* name : {"rosenbrock", "helical valley", "wood"}) {
    const test::Problem& problem = test::classical_problem(name);
    for_each_method([&](const opt::AnyMethod& method, const opt::MethodInfo& info) {
      for (std::int64_t budget = 1; budget <= 25; ++budget) {
        INFO(info.name << " on " << name << " with " << budget);
        std::int64_t calls = 0;
        double best = std::numeric_limits<double>::infinity();
        const auto f = [&](const Vec& x, Vec& gradient) {
          ++calls;
          const double value = problem.f(x, gradient);
          best = std::min(best, value);
          return value;
        };
        const opt::Minimum m =
            opt::minimize(f, problem.start, method, {.stopping = {.max_evaluations = budget}});
        CHECK(m.evaluations == calls);
        CHECK(calls <= budget);
        if (m.status != Status::out_of_budget) continue;
        CHECK(calls == budget);
        CHECK(m.value == best);
      }
    });
  }
}

TEST_CASE("methods: an observer stops them where it wants", "[opt][law]") {
  const test::Problem& problem = test::classical_problem("wood");
  for_each_method([&](const opt::AnyMethod& method, const opt::MethodInfo& info) {
    INFO(info.name);
    opt::MinimizeOptions options;
    std::int64_t seen = 0;
    options.observe = [&](const opt::Iterate& now) {
      CHECK(now.iteration == seen++);
      return now.iteration == 3 ? opt::Flow::stop : opt::Flow::keep_going;
    };
    const opt::Minimum m = opt::minimize(problem.f, problem.start, method, options);
    CHECK(m.status == Status::stopped);
    CHECK(m.iterations == 3);
  });
}
