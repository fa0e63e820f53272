#include "mathtool/opt/methods/trust.hpp"

#include <cmath>
#include <limits>

#include "mathtool/opt/autodiff_objective.hpp"
#include "mathtool/opt/methods/newton_cg.hpp"
#include "mathtool/opt/minimize.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

// The two Newton methods. They share what they promise, so that most cases run with both.

using namespace mathtool;

namespace {

template <class F>
void with_both(F&& f) {
  f(opt::Trust{}, "exact trust region");
  f(opt::Trust{.dense = 0}, "trust region by conjugate gradients");
  f(opt::NewtonCg{}, "truncated Newton");
}

/// Rosenbrock's function of n variables.
auto rosenbrock() {
  return opt::by_autodiff([](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    S sum = 0;
    for (Index i = 0; i + 1 < x.size(); ++i) {
      const S a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
      sum = sum + a * a + 100 * b * b;
    }
    return sum;
  });
}

/// x² − y² + y⁴/4: a saddle at 0, minima −1 at y = ±√2.
auto saddle() {
  return opt::by_autodiff([](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    const S square = x[1] * x[1];
    return S(x[0] * x[0] - square + square * square / 4);
  });
}

}  // namespace

TEST_CASE("newton: classical problems are solved with the gradient alone", "[opt]") {
  for (const test::Problem& problem : test::classical_problems())
    with_both([&](const auto& method, const char* name) {
      INFO(name << " on " << problem.name);
      const opt::Minimum m = opt::minimize(problem.f, problem.start, method);
      INFO(m.reason);
      CHECK(m.status == Status::converged);
      // Powell's singular function is flat at its minimum: a slope of 1e-6 stands at f = 1e-8.
      CHECK(m.value - problem.minimum <= std::max(1e-8, problem.digits));
    });
}

TEST_CASE("newton: one step solves a quadratic", "[opt]") {
  auto bowl = opt::by_autodiff([](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    const S a = x[0] - 3, b = x[1] + 1;
    return S(a * a + 100 * b * b + a * b);
  });
  const opt::Minimum m = opt::minimize(bowl, Vec{{4.0, 1.0}}, opt::Trust{});
  CHECK(m.iterations == 1);
  CHECK(m.evaluations == 2);
  CHECK_NEAR(m.x[0], 3, 1e-14);
  CHECK_NEAR(m.x[1], -1, 1e-14);
}

TEST_CASE("newton: a saddle point at the start is left along negative curvature", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    auto f = saddle();
    const opt::Minimum m = opt::minimize(f, Vec::Zero(2), method);
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.value, -1, 1e-10);
    CHECK_NEAR(std::abs(m.x[1]), std::sqrt(2.0), 1e-5);
  });
}

TEST_CASE("newton: a maximum at the start, and a saddle on the way, are no end", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    auto hill = opt::by_autodiff([](const auto& x) {
      using S = std::decay_t<decltype(x[0])>;
      using std::cos;
      return S(cos(S(x[0])) + cos(S(x[1])));
    });
    CHECK_NEAR(opt::minimize(hill, Vec::Zero(2), method).value, -2, 1e-10);
    // On the axis y = 0 the gradient points to the saddle and nowhere else.
    auto f = saddle();
    CHECK_NEAR(opt::minimize(f, Vec{{3.0, 0.0}}, method).value, -1, 1e-10);
  });
}

TEST_CASE("newton: the box is never left and may hold the minimum", "[opt]") {
  with_both([](const auto& method, const char* name) {
    for (const Vec& start : {Vec{{-1.2, 1.0}}, Vec{{0.5, 0.5}}, Vec{{-1.5, -1.0}}}) {
      INFO(name << " from " << start.transpose());
      const opt::Box box{Vec{{-1.5, -1.0}}, Vec{{0.5, 2.0}}};
      auto inner = rosenbrock();
      bool inside = true;
      const auto f = [&](const Vec& x, Vec& gradient) {
        inside = inside && box.contains(x);
        return inner(x, gradient);
      };
      const opt::Minimum m = opt::minimize(f, start, method, {.box = box});
      INFO(m.reason);
      CHECK(inside);
      CHECK(m.status == Status::converged);
      // Rosenbrock's valley y = x² meets the bound x = 1/2: f = 1/4, by hand.
      CHECK_NEAR(m.x[0], 0.5, 1e-12);
      CHECK_NEAR(m.x[1], 0.25, 1e-6);
      CHECK_NEAR(m.value, 0.25, 1e-10);
    }
  });
}

TEST_CASE("newton: bounds that leave a corner, a point or a half space", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    auto f = rosenbrock();
    const opt::Minimum corner =
        opt::minimize(f, Vec{{3.0, 2.0}}, method, {.box = {Vec{{2, 1}}, Vec{{5, 3}}}});
    CHECK(corner.status == Status::converged);
    CHECK(corner.x == Vec{{2.0, 3.0}});
    const opt::Minimum point =
        opt::minimize(f, Vec{{3.0, 2.0}}, method, {.box = {Vec{{2, 1}}, Vec{{2, 1}}}});
    CHECK(point.status == Status::converged);
    CHECK(point.x == Vec{{2.0, 1.0}});
    const double inf = std::numeric_limits<double>::infinity();
    const opt::Minimum half =
        opt::minimize(f, Vec{{3.0, 2.0}}, method, {.box = {Vec{{-inf, -inf}}, Vec{{inf, 0}}}});
    CHECK(half.status == Status::converged);
    CHECK(half.x[1] == 0);  // minimise (1 − x)² + 100 x⁴: 400 x³ + 2x = 2, x = 0.16126...
    CHECK_NEAR(400 * std::pow(half.x[0], 3) + 2 * half.x[0], 2, 1e-5);
  });
}

TEST_CASE("newton: trial points where f is NaN shorten the step", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    auto f = opt::by_autodiff([](const auto& x) {
      using S = std::decay_t<decltype(x[0])>;
      using std::log;
      return S(x[0] - log(S(x[0])));  // minimum 1 at 1, NaN below 0
    });
    for (const double start : {1e-3, 0.5, 30.0, 1e6}) {
      const opt::Minimum m = opt::minimize(f, Vec{{start}}, method);
      INFO(start << ": " << m.reason);
      CHECK(m.status == Status::converged);
      CHECK_NEAR(m.x[0], 1, 1e-5);
    }
  });
}

TEST_CASE("newton: what has no minimum is divergent", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    auto plane = opt::by_autodiff([](const auto& x) {
      using S = std::decay_t<decltype(x[0])>;
      return S(x[0] - 2 * x[1]);
    });
    CHECK(opt::minimize(plane, Vec{{1.0, 1.0}}, method).status == Status::divergent);
    auto cubic = opt::by_autodiff([](const auto& x) {
      using S = std::decay_t<decltype(x[0])>;
      return S(x[0] * x[0] * x[0]);
    });
    CHECK(opt::minimize(cubic, Vec{{-1.0}}, method).status == Status::divergent);
  });
}

TEST_CASE("newton: a budget of evaluations is kept to the last one", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    const test::Problem& wood = test::classical_problem("wood");
    for (const int most : {1, 2, 5, 17}) {
      const opt::Minimum m =
          opt::minimize(wood.f, wood.start, method, {.stopping = {.max_evaluations = most}});
      CHECK(m.status == Status::out_of_budget);
      CHECK(m.evaluations == most);
    }
  });
}

TEST_CASE("newton: a wrong gradient is no convergence", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    const auto uphill = [](const Vec& x, Vec& gradient) {
      gradient = -2 * x;
      return x.squaredNorm();
    };
    const opt::Minimum m = opt::minimize(uphill, Vec{{1.0, 2.0}}, method);
    INFO(m.reason);
    CHECK(m.status != Status::converged);
    CHECK(m.value <= 5);
  });
}

TEST_CASE("newton: tight tolerances are met", "[opt]") {
  with_both([](const auto& method, const char* name) {
    INFO(name);
    auto f = opt::by_autodiff([](const auto& x) {  // 1000 + a bowl: f has few digits left
      using S = std::decay_t<decltype(x[0])>;
      using std::exp;
      return S(1000 + exp(S(x[0])) + exp(S(-x[0])) + x[0] + x[1] * x[1]);
    });
    const opt::Minimum m =
        opt::minimize(f, Vec{{2.0, 1.0}}, method, {.stopping = {.gradient_tol = 1e-12}});
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    // eˣ − e⁻ˣ + 1 = 0: x = −arsinh(1/2)
    CHECK_NEAR(m.x[0], -std::asinh(0.5), 1e-7);
  });
}

TEST_CASE("newton: of Rosenbrock's function in many variables the local minimum is found",
          "[opt]") {
  // From (−1.2, 1, 1, ...) the valley leads to the minimum near (−1, 1, 1, ...), 3.98662..., as
  // Shang & Qiu, A note on the extended Rosenbrock function (2006), describe; from elsewhere to 0.
  auto f = rosenbrock();
  for (const Index n : {20, 100}) {
    Vec start = Vec::Ones(n);
    start[0] = -1.2;
    const opt::Minimum m = opt::minimize(f, start, opt::Trust{});
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.value, 3.9866, 1e-3);
    const opt::Minimum other = opt::minimize(f, Vec::Constant(n, 0.5), opt::Trust{});
    CHECK(other.status == Status::converged);
    CHECK(other.value < 1e-12);
  }
}

TEST_CASE("newton: thousands of variables by products", "[opt]") {
  auto f = rosenbrock();
  const Index n = 2000;
  for (const bool trust : {true, false}) {
    const Vec start = Vec::Constant(n, 0.5);
    const opt::Minimum m =
        trust ? opt::minimize(f, start, opt::Trust{}) : opt::minimize(f, start, opt::NewtonCg{});
    INFO(m.reason);
    CHECK(m.status == Status::converged);
    CHECK(m.value < 1e-8);
  }
}
