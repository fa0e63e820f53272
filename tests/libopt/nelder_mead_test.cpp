#include "mathtool/opt/methods/nelder_mead.hpp"

#include <cmath>
#include <limits>

#include "mathtool/opt/difference_objective.hpp"
#include "mathtool/opt/minimize.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// An objective whose gradient must not be asked for.
template <class F>
struct ValueOnly {
  F f;
  double value(const Vec& x) const { return f(x); }
  double operator()(const Vec&, Vec&) const { throw DomainError("the gradient was taken"); }
};
template <class F>
ValueOnly<F> value_only(F f) {
  return {std::move(f)};
}

}  // namespace

TEST_CASE("nelder-mead: classical problems are solved from f alone", "[opt]") {
  for (const test::Problem& problem : test::classical_problems()) {
    Vec gradient;
    auto f = value_only([&](const Vec& x) { return problem.f(x, gradient); });
    const opt::Minimum m = opt::minimize(f, problem.start, opt::NelderMead{});
    INFO(problem.name << ": " << m.reason << ", " << m.evaluations << " evaluations");
    CHECK(m.status == Status::converged);
    CHECK(m.value - problem.minimum <= 1e-8);
    CHECK(m.gradients == 0);
    CHECK(std::isnan(m.gradient_norm));
  }
}

TEST_CASE("nelder-mead: McKinnon's simplex does not end where f still falls", "[opt]") {
  // McKinnon, Convergence of the Nelder-Mead simplex method to a nonstationary point (1998),
  // (θ, φ, τ) = (6, 60, 2): with his first simplex the method converges to (0, 0), f = 0, where the
  // gradient is (0, 1). The minimum is −1/4 at (0, −1/2).
  auto f = value_only(
      [](const Vec& x) { return (x[0] <= 0 ? 360 : 6) * x[0] * x[0] + x[1] + x[1] * x[1]; });
  const opt::NelderMead method;
  const opt::StoppingOptions limits{.max_evaluations = 5000};
  const opt::Box box;
  opt::Evaluations calls(f, box, limits);
  const double up = (1 + std::sqrt(33.0)) / 8, down = (1 - std::sqrt(33.0)) / 8;
  // The state that his simplex is: best point first, (0, 0), (λ₁, λ₂), (1, 1).
  opt::Iterate now{Vec{{0.0, 0.0}}, 0, {}, 0};
  opt::NelderMead::State state = method.init(now);
  state.free = {0, 1};
  state.points = Mat{{0, up, 1}, {0, down, 1}};
  state.values =
      Vec{{calls.value(Vec{{0, 0}}), calls.value(Vec{{up, down}}), calls.value(Vec{{1, 1}})}};
  std::optional<opt::Stop> stop;
  while (!stop && !calls.exhausted()) stop = method.step(state, calls, now);
  REQUIRE(stop);
  INFO(stop->reason);
  CHECK(state.restarts >= 1);
  CHECK(stop->status == Status::converged);
  CHECK_NEAR(now.value, -0.25, 1e-8);
}

TEST_CASE("nelder-mead: a start of zeros, of one variable, of scales far apart", "[opt]") {
  auto far = value_only(
      [](const Vec& x) { return std::pow(x[0] - 1e-3, 2) * 1e6 + std::pow(x[1] - 1e4, 2) * 1e-8; });
  const opt::Minimum m = opt::minimize(far, Vec{{2e-3, 2e4}}, opt::NelderMead{});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 1e-3, 1e-7);
  CHECK_NEAR(m.x[1], 1e4, 1);
  auto line = value_only([](const Vec& x) { return std::cosh(x[0] - 3); });
  const opt::Minimum one = opt::minimize(line, Vec::Zero(1), opt::NelderMead{});
  CHECK(one.status == Status::converged);
  CHECK_NEAR(one.x[0], 3, 1e-6);
}

TEST_CASE("nelder-mead: the box holds, and a minimum in its corner is found", "[opt]") {
  bool inside = true;
  const opt::Box box{Vec{{0, 0, 2}}, Vec{{1, 5, 2}}};  // the third variable has no room
  auto f = value_only([&](const Vec& x) {
    inside = inside && box.contains(x);
    return std::pow(x[0] - 3, 2) + std::pow(x[1] + 1, 2) + x[2] * x[0];
  });
  const opt::Minimum m = opt::minimize(f, Vec{{0.5, 4.0, 0.0}}, opt::NelderMead{}, {.box = box});
  INFO(m.reason);
  CHECK(inside);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 1, 1e-7);
  CHECK_NEAR(m.x[1], 0, 1e-7);
  CHECK(m.x[2] == 2);
}

TEST_CASE("nelder-mead: corners of f are no obstacle, NaN is", "[opt]") {
  auto corner = value_only([](const Vec& x) { return std::abs(x[0] - 1) + 2 * std::abs(x[1]); });
  const opt::Minimum m = opt::minimize(corner, Vec{{3.0, 2.0}}, opt::NelderMead{});
  INFO(m.reason);
  CHECK_NEAR(m.value, 0, 1e-6);
  auto fenced = value_only([](const Vec& x) {
    return x[0] > 0 && x[1] > 0 ? x[0] - std::log(x[0]) + x[1] - std::log(x[1]) : no_number;
  });
  const opt::Minimum n = opt::minimize(fenced, Vec{{0.1, 5.0}}, opt::NelderMead{});
  CHECK(n.status == Status::converged);
  CHECK_NEAR(n.value, 2, 1e-10);
  CHECK(opt::minimize(fenced, Vec{{-1.0, 5.0}}, opt::NelderMead{}).status == Status::not_finite);
}

TEST_CASE("nelder-mead: flat, unbounded below, out of budget", "[opt]") {
  auto flat = value_only([](const Vec&) { return 7.0; });
  CHECK(opt::minimize(flat, Vec{{1.0, 1.0}}, opt::NelderMead{}).status == Status::converged);
  auto plane = value_only([](const Vec& x) { return x[0] + x[1]; });
  CHECK(opt::minimize(plane, Vec{{1.0, 1.0}}, opt::NelderMead{}).status == Status::divergent);
  for (const int most : {1, 2, 3, 10}) {
    const opt::Minimum m = opt::minimize(plane, Vec{{1.0, 1.0}}, opt::NelderMead{},
                                         {.stopping = {.max_evaluations = most}});
    CHECK(m.status == Status::out_of_budget);
    CHECK(m.evaluations == most);
  }
  CHECK_THROWS_AS(opt::minimize(plane, Vec{{1.0, 1.0}}, opt::NelderMead{.size = 0}), DomainError);
}

TEST_CASE("loop: a method without gradient neither takes nor needs one", "[opt]") {
  // f has no derivative at the start, and its values alone are finite there.
  const auto cone = [](const Vec& x, Vec& gradient) {
    gradient = Vec::Constant(2, no_number);
    return x.norm();
  };
  const opt::Minimum m = opt::minimize(cone, Vec{{0.3, 0.4}}, opt::NelderMead{});
  CHECK(m.value < 1e-6);
  CHECK(opt::loop_traits<opt::NelderMead>().uses_gradient == false);
  CHECK(opt::loop_traits<opt::NelderMead>().ends_itself);
  // By differences: 1 evaluation each, not 5.
  auto f = opt::by_differences([](const Vec& x) { return x.squaredNorm(); });
  const opt::Minimum d = opt::minimize(f, Vec{{1.0, 1.0}}, opt::NelderMead{});
  CHECK(f.calls() == d.evaluations);
}
