#include "mathtool/opt/methods/brent.hpp"

#include <cmath>
#include <limits>

#include "mathtool/opt/minimize.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

template <class F>
struct OfOne {
  F f;
  double value(const Vec& x) const { return f(x[0]); }
  double operator()(const Vec&, Vec&) const { throw DomainError("the gradient was taken"); }
};

template <class F>
opt::Minimum brent(F f, double start, opt::MinimizeOptions options = {}) {
  OfOne<F> objective{f};
  return opt::minimize(objective, Vec{{start}}, opt::Brent{}, options);
}

}  // namespace

TEST_CASE("brent: smooth functions to half of the digits, from any side", "[opt]") {
  for (const double start : {-20.0, 0.0, 0.9, 1.0, 50.0}) {
    const opt::Minimum m = brent([](double x) { return std::cosh(x - 1); }, start);
    INFO(start << ": " << m.reason);
    CHECK(m.status == Status::converged);
    CHECK_NEAR(m.x[0], 1, 3e-8);
    CHECK(m.value == 1);
    CHECK(m.gradients == 0);
    CHECK(std::isnan(m.gradient_norm));
    CHECK(m.evaluations < 60);
  }
}

TEST_CASE("brent: a minimum at 0 is found to many digits", "[opt]") {
  const opt::Minimum m = brent([](double x) { return x * x; }, 3);
  CHECK(m.status == Status::converged);
  CHECK(std::abs(m.x[0]) < 1e-9);
}

TEST_CASE("brent: with bounds it stays inside and looks at the ends", "[opt]") {
  bool inside = true;
  const opt::MinimizeOptions options{.box = {Vec{{-2}}, Vec{{3}}}};
  const auto guarded = [&](auto f) {
    return [&inside, f](double x) {
      inside = inside && -2 <= x && x <= 3;
      return f(x);
    };
  };
  // The local minimum −√2 lies at 1/√2; the end at −2 is lower.
  const opt::Minimum end =
      brent(guarded([](double x) { return 2 * x * x * x - 3 * x; }), 1, options);
  INFO(end.reason);
  CHECK(end.status == Status::converged);
  CHECK(end.x[0] == -2);
  CHECK(end.value == -10);
  // The end is lower than the minimum beside the start, and a dip between lower still:
  // 3 sin 3x = 1 at x = −(π + asin(1/3))/3.
  const opt::Minimum dip = brent(guarded([](double x) { return x + std::cos(3 * x); }), 1, options);
  INFO(dip.reason);
  CHECK_NEAR(dip.x[0], -(std::acos(-1.0) + std::asin(1.0 / 3)) / 3, 1e-7);
  const opt::Minimum falling = brent(guarded([](double x) { return -x; }), 0, options);
  CHECK(falling.status == Status::converged);
  CHECK(falling.x[0] == 3);
  CHECK(inside);
}

TEST_CASE("brent: half-bounded, and bounds that leave a point", "[opt]") {
  const opt::Minimum half = brent([](double x) { return x; }, 5, {.box = {Vec{{1}}, Vec{{inf}}}});
  CHECK(half.status == Status::converged);
  CHECK(half.x[0] == 1);
  const opt::Minimum point = brent([](double x) { return x; }, 5, {.box = {Vec{{1}}, Vec{{1}}}});
  CHECK(point.status == Status::converged);
  CHECK(point.x[0] == 1);
}

TEST_CASE("brent: corners, walls of NaN, plains, no bottom", "[opt]") {
  CHECK_NEAR(brent([](double x) { return std::abs(x - 2); }, 10).x[0], 2, 1e-7);
  const opt::Minimum wall =
      brent([](double x) { return x > 0 ? x - std::log(x) : std::nan(""); }, 0.05);
  CHECK(wall.status == Status::converged);
  CHECK_NEAR(wall.x[0], 1, 1e-7);
  CHECK(brent([](double) { return 3.0; }, 1).status == Status::converged);
  CHECK(brent([](double x) { return x; }, 1).status == Status::divergent);
  CHECK(brent([](double x) { return x == 1 ? 1.0 : std::nan(""); }, 1).status ==
        Status::not_finite);
  CHECK(brent([](double) { return std::nan(""); }, 1).status == Status::not_finite);
}

TEST_CASE("brent: more than one variable is refused in words", "[opt]") {
  const auto f = [](const Vec& x, Vec& gradient) {
    gradient = 2 * x;
    return x.squaredNorm();
  };
  CHECK_THROWS_WITH(opt::minimize(f, Vec::Ones(2), opt::Brent{}),
                    ContainsSubstring("one variable, here are 2"));
}

TEST_CASE("brent: a budget is kept to the last evaluation", "[opt]") {
  for (const int most : {1, 2, 3, 4, 9}) {
    const opt::Minimum m = brent([](double x) { return std::cosh(x - 1); }, 30,
                                 {.stopping = {.max_evaluations = most}});
    CHECK(m.status == Status::out_of_budget);
    CHECK(m.evaluations == most);
  }
}
