#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "libopt/line_search_methods.hpp"
#include "mathtool/opt/autodiff_objective.hpp"
#include "mathtool/opt/minimize.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

// Methods that search along lines, within bounds.

using namespace mathtool;
using test::for_each_method, test::rosenbrock;

namespace {

/// A problem with bounds whose answer is published or follows by hand.
struct Bounded {
  const char* name;
  std::function<double(const Vec&, Vec&)> f;
  Vec start;
  opt::Box box;
  Vec minimiser;
  double minimum, digits;
};

template <class F>
std::function<double(const Vec&, Vec&)> exact(F f) {
  return [f](const Vec& x, Vec& gradient) { return opt::by_autodiff(f)(x, gradient); };
}

/// Hock & Schittkowski, Test Examples for Nonlinear Programming Codes (1981), by their numbers.
std::vector<Bounded> hock_schittkowski() {
  const double inf = std::numeric_limits<double>::infinity(), pi = std::acos(-1.0);
  const double a = std::sqrt(598.0 / 1200), b = 400 * a * a * a;
  std::vector<Bounded> all;
  all.push_back(
      {"1", rosenbrock, Vec{{-2, 1}}, {Vec{{-inf, -1.5}}, Vec{{inf, inf}}}, Vec{{1, 1}}, 0, 1e-10});
  // From its start all methods find the other minimum on the bound, a root of the same cubic.
  const double root = 2 * a * std::cos(std::acos(1 / b) / 3 + 2 * pi / 3);
  Vec slope;
  all.push_back({"2",
                 rosenbrock,
                 Vec{{-2, 1}},
                 {Vec{{-inf, 1.5}}, Vec{{inf, inf}}},
                 Vec{{root, 1.5}},
                 rosenbrock(Vec{{root, 1.5}}, slope),
                 1e-9});
  all.push_back({"2 from the right",
                 rosenbrock,
                 Vec{{2, 1}},
                 {Vec{{-inf, 1.5}}, Vec{{inf, inf}}},
                 Vec{{2 * a * std::cos(std::acos(1 / b) / 3), 1.5}},
                 0.0504261879,
                 1e-9});
  all.push_back({"3",
                 exact([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(x[1] + 1e-5 * S(x[1] - x[0]) * S(x[1] - x[0]));
                 }),
                 Vec{{10, 1}},
                 {Vec{{-inf, 0}}, Vec{{inf, inf}}},
                 Vec{{0, 0}},
                 0,
                 1e-7});
  all.push_back({"4",
                 exact([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   const S t = x[0] + 1;
                   return S(t * t * t / 3 + x[1]);
                 }),
                 Vec{{1.125, 0.125}},
                 {Vec{{1, 0}}, Vec{{inf, inf}}},
                 Vec{{1, 0}},
                 8.0 / 3,
                 1e-14});
  all.push_back({"5",
                 exact([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   using std::sin;
                   const S d = x[0] - x[1];
                   return S(sin(S(x[0] + x[1])) + d * d - 1.5 * x[0] + 2.5 * x[1] + 1);
                 }),
                 Vec{{0, 0}},
                 {Vec{{-1.5, -3}}, Vec{{4, 3}}},
                 Vec{{-pi / 3 + 0.5, -pi / 3 - 0.5}},
                 -std::sqrt(3) / 2 - pi / 3,
                 1e-11});
  all.push_back({"38",
                 test::classical_problem("wood").f,
                 Vec{{-3, -1, -3, -1}},
                 {Vec::Constant(4, -10), Vec::Constant(4, 10)},
                 Vec::Ones(4),
                 0,
                 1e-9});
  all.push_back({"45",
                 exact([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(2 - x[0] * x[1] * x[2] * x[3] * x[4] / 120);
                 }),
                 Vec::Constant(5, 2),
                 {Vec::Zero(5), Vec{{1, 2, 3, 4, 5}}},
                 Vec{{1, 2, 3, 4, 5}},
                 1,
                 1e-14});
  return all;
}

}  // namespace

TEST_CASE("line-search methods: problems with bounds, to their published minimum", "[opt]") {
  for (const Bounded& problem : hock_schittkowski())
    for_each_method([&]<class M>(const M& method) {
      INFO(M::name << " on number " << problem.name);
      bool inside = true;
      const auto f = [&](const Vec& x, Vec& gradient) {
        inside = inside && problem.box.contains(x);
        return problem.f(x, gradient);
      };
      const opt::Minimum m = opt::minimize(f, problem.start, method, {.box = problem.box});
      INFO(m.reason << " at " << m.x.transpose());
      CHECK(inside);
      CHECK(m.status == Status::converged);
      CHECK_NEAR(m.value, problem.minimum, problem.digits);
      CHECK(m.evaluations <= 150);
    });
}

TEST_CASE("line-search methods: hundreds of bounds are found in a few steps", "[opt]") {
  // The nearest point of a box: each coordinate by itself; weights between 1 and 100.
  constexpr Index n = 1000;
  Vec goal(n), weight(n);
  for (Index i = 0; i < n; ++i) {
    goal[i] = 2 * std::sin(static_cast<double>(i));
    weight[i] = 1 + 99 * std::abs(std::cos(7.0 * static_cast<double>(i)));
  }
  const opt::Box box{.low = Vec::Constant(n, -1), .high = Vec::Constant(n, 0.5)};
  const auto f = [&](const Vec& x, Vec& gradient) {
    gradient = weight.array() * (x - goal).array();
    return 0.5 * gradient.dot(x - goal);
  };
  Vec answer = goal;
  box.project(answer);
  for_each_method([&]<class M>(const M& method) {
    INFO(M::name);
    const opt::Minimum m = opt::minimize(f, Vec::Zero(n), method, {.box = box});
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    CHECK((m.x - answer).lpNorm<Eigen::Infinity>() <= 2e-6);
    CHECK(m.evaluations <= 150);
  });
}

TEST_CASE("line-search methods: coupled variables with bounds meet the conditions of a minimum",
          "[opt]") {
  // A chain of springs over an obstacle: x minimises its energy, x ≥ obstacle.
  constexpr Index n = 60;
  Vec low(n);
  for (Index i = 0; i < n; ++i) low[i] = 1 - std::pow((static_cast<double>(i) - 29.5) / 10, 2);
  const opt::Box box{.low = low, .high = Vec::Constant(n, 100)};
  const auto f = [](const Vec& x, Vec& gradient) {
    gradient.setZero(n);
    double sum = 0;
    for (Index i = 0; i <= n; ++i) {
      const double step = (i < n ? x[i] : 0) - (i > 0 ? x[i - 1] : 0);
      sum += step * step / 2;
      if (i < n) gradient[i] += step;
      if (i > 0) gradient[i - 1] -= step;
    }
    return sum;
  };
  for_each_method([&]<class M>(const M& method) {
    INFO(M::name);
    const opt::Minimum m = opt::minimize(f, Vec::Constant(n, 5), method,
                                         {.stopping = {.gradient_tol = 1e-9}, .box = box});
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    Vec gradient(n);
    f(m.x, gradient);
    Index held = 0;
    for (Index i = 0; i < n; ++i)
      if (m.x[i] == low[i]) {
        ++held;
        CHECK(gradient[i] >= -1e-8);
      } else {
        CHECK_NEAR(gradient[i], 0.0, 1e-8);
      }
    CHECK(held > 0);
    CHECK(held < 20);
  });
}

TEST_CASE("line-search methods: a box of one point, and one that leaves one variable", "[opt]") {
  for_each_method([&]<class M>(const M& method) {
    INFO(M::name);
    const Vec point{{0.3, 0.7}};
    const opt::Minimum m =
        opt::minimize(rosenbrock, Vec::Zero(2), method, {.box = {.low = point, .high = point}});
    CHECK(m.status == Status::converged);
    CHECK(m.x == point);
    const opt::Minimum one = opt::minimize(rosenbrock, Vec::Zero(2), method,
                                           {.box = {.low = Vec{{-2, 0.7}}, .high = Vec{{2, 0.7}}}});
    INFO(one.reason);
    CHECK(one.status == Status::converged);
    CHECK(one.x[1] == 0.7);
  });
}
