#include <cmath>
#include <limits>

#include "mathtool/opt/minimize.hpp"
#include "mathtool/opt/rules/adam.hpp"
#include "mathtool/opt/rules/gradient_descent.hpp"
#include "mathtool/opt/rules/momentum.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

// Objectives that no method can make sense of, or hardly any: the status says so, the best point is
// kept.

using namespace mathtool;

namespace {

const opt::GradientDescent descent{.learning_rate = 0.1};

/// x − log x, NaN for x ≤ 0; minimum 1 at 1.
double barrier(const Vec& x, Vec& gradient) {
  gradient = Vec{{1 - 1 / x[0]}};
  return x[0] > 0 ? x[0] - std::log(x[0]) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

TEST_CASE("minimize: NaN at the start ends at once with advice", "[opt]") {
  const opt::Minimum m = opt::minimize(barrier, Vec{{-1.0}}, descent);
  CHECK(m.status == Status::not_finite);
  CHECK(m.x == Vec{{-1.0}});
  CHECK(m.evaluations == 1);
  CHECK_THAT(m.reason, ContainsSubstring("at the start"));
}

TEST_CASE("minimize: a step into NaN is halved, not fatal", "[opt]") {
  // From 0.1 the first step, 0.9 · rate 1, leads to 9.1; the ones from there overshoot below 0.
  const opt::Minimum m =
      opt::minimize(barrier, Vec{{3.0}}, opt::Momentum{.learning_rate = 1.5, .momentum = 0.5});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 1.0, 1e-5);
}

TEST_CASE("minimize: where every step leads into NaN, the best point is returned", "[opt]") {
  const auto edge = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{1.0}};
    return x[0] >= 2 ? x[0]
                     : std::numeric_limits<double>::quiet_NaN();  // falls up to the edge at 2
  };
  const opt::Minimum m = opt::minimize(edge, Vec{{3.0}}, descent);
  CHECK(m.status == Status::not_finite);
  CHECK_NEAR(m.x[0], 2.0, 1e-8);
  CHECK_THAT(m.reason, ContainsSubstring("60 steps had to be halved"));
}

TEST_CASE("minimize: an infinite gradient counts as not finite", "[opt]") {
  const auto root = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{x[0] == 0 ? INFINITY : std::copysign(0.5 / std::sqrt(std::abs(x[0])), x[0])}};
    return std::sqrt(std::abs(x[0]));
  };
  CHECK(opt::minimize(root, Vec{{0.0}}, descent).status == Status::not_finite);
}

TEST_CASE("minimize: unbounded below is divergent, by value and by distance", "[opt]") {
  const auto cube = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{3 * x[0] * x[0]}};
    return x[0] * x[0] * x[0];
  };
  const opt::Minimum m = opt::minimize(cube, Vec{{-1.0}}, descent);
  INFO(m.reason);
  CHECK(m.status == Status::divergent);
  CHECK(m.value < -1e10);
  const auto exponential = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{-std::exp(x[0])}};
    return -std::exp(x[0]);
  };
  const opt::Minimum e = opt::minimize(exponential, Vec{{1.0}}, descent);
  CHECK(e.status == Status::divergent);
  CHECK(std::isfinite(e.value));
}

TEST_CASE("minimize: a saddle or a maximum at the start is suspicious, a plain is not", "[opt]") {
  const auto saddle = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{2 * x[0], -2 * x[1]}};
    return x[0] * x[0] - x[1] * x[1];
  };
  const opt::Minimum m = opt::minimize(saddle, Vec::Zero(2), descent);
  CHECK(m.status == Status::suspicious);
  CHECK(m.value < 0);
  CHECK_THAT(m.reason, ContainsSubstring("saddle"));
  const auto flat = [](const Vec& x, Vec& gradient) {
    gradient.setZero(x.size());
    return 3.0;
  };
  CHECK(opt::minimize(flat, Vec::Ones(2), descent).status == Status::converged);
}

TEST_CASE("minimize: a gradient that vanishes in the wrong place is suspicious", "[opt]") {
  // f is least at 2, the gradient is that of (x − 1)².
  const auto wrong = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{2 * (x[0] - 1)}};
    return (x[0] - 2) * (x[0] - 2);
  };
  const opt::Minimum m = opt::minimize(wrong, Vec{{5.0}}, descent);
  CHECK(m.status == Status::suspicious);
  CHECK_THAT(m.reason, ContainsSubstring("check the gradient"));
  CHECK(m.value <= 1e-2);  // it passed the minimum
}

TEST_CASE("minimize: a gradient of the wrong sign leads away, and the start is kept", "[opt]") {
  const auto uphill = [](const Vec& x, Vec& gradient) {
    gradient = -2 * x;
    return x.squaredNorm();
  };
  const opt::Minimum m = opt::minimize(uphill, Vec{{1.0}}, descent);
  CHECK(m.status == Status::not_finite);
  CHECK(m.x == Vec{{1.0}});
  CHECK(m.value == 1);
}

TEST_CASE("minimize: a staircase with a gradient of 0 does not pretend to descend", "[opt]") {
  const auto stairs = [](const Vec& x, Vec& gradient) {
    gradient.setZero(x.size());
    return std::floor(x[0] * 1e4);
  };
  const opt::Minimum m = opt::minimize(stairs, Vec{{0.5}}, descent);
  CHECK(m.status == Status::suspicious);  // lower steps lie beside
}

TEST_CASE("minimize: a corner that a rule jumps across runs out of budget", "[opt]") {
  const auto corner = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{x[0] > 0 ? 1.0 : -1.0}};
    return std::abs(x[0]);
  };
  const opt::Minimum m =
      opt::minimize(corner, Vec{{0.55}}, descent, {.stopping = {.max_iterations = 100}});
  CHECK(m.status == Status::out_of_budget);
  CHECK_NEAR(m.value, 0.05, 1e-12);
}

TEST_CASE("minimize: an objective of tiny scale is not left where it began", "[opt]") {
  const auto tiny = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{2e-9 * (x[0] - 1)}};
    return 1e-9 * (x[0] - 1) * (x[0] - 1);
  };
  const opt::Minimum m =
      opt::minimize(tiny, Vec{{5.0}}, opt::GradientDescent{.learning_rate = 1e8});
  INFO(m.reason);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 1.0, 1e-5);
}

TEST_CASE("minimize: a lower point passed on the way makes the end suspicious", "[opt]") {
  // Steps of 3 pass the deep valley at 0, and end in the shallow one at −3.
  const auto valleys = [](const Vec& x, Vec& gradient) {
    const double t = x[0];
    if (t > 1.5) return gradient = Vec{{30.0}}, 10 + t;
    if (t > -1.5) return gradient = Vec{{30.0}}, -5 + 0.1 * t;
    gradient = Vec{{2 * (t + 3)}};
    return (t + 3) * (t + 3);
  };
  const opt::Minimum m = opt::minimize(valleys, Vec{{3.0}}, descent);
  INFO(m.reason);
  CHECK(m.status == Status::suspicious);
  CHECK(m.value == -5);
}

TEST_CASE("minimize: what f throws passes through", "[opt]") {
  const auto throwing = [](const Vec&, Vec&) -> double { throw DataError("row 7"); };
  CHECK_THROWS_AS(opt::minimize(throwing, Vec::Ones(1), descent), DataError);
}
