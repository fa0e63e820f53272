#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "mathtool/math/calculus/roots_on_interval.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using std::numbers::pi;

namespace {

/// All roots, each within its own error of the one expected.
void check_roots(const RootsOnInterval& found, const std::vector<double>& expected) {
  INFO(found.roots.size() << " roots, " << to_string(found.status) << " " << found.reason);
  REQUIRE(found.roots.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK_NEAR(found.roots[i].x, expected[i], found.roots[i].error + test::ulps(2, expected[i]));
}

TEST_CASE("roots on an interval: a needle between the first samples") {
  const auto needle = [](double x) { return std::exp(-std::pow(1e6 * (x - 0.3), 2)) - 0.5; };
  const double half_width = 1e-6 * std::sqrt(std::log(2.0));
  const RootsOnInterval found = roots_on_interval(needle, 0, 1, {.scan = 200'000});
  CHECK(found.status == Status::converged);
  check_roots(found, {0.3 - half_width, 0.3 + half_width});
  const auto on_a_slope = [](double x) { return x + 1 - 2 / (1 + std::pow(1e5 * (x - 0.7), 2)); };
  CHECK(roots_on_interval(on_a_slope, 0, 1).roots.size() == 2);
  CHECK_THROWS_AS(roots_on_interval(needle, 0, 1, {.scan = -1}), DomainError);
}

}  // namespace

TEST_CASE("roots on an interval: simple roots, those at the ends included") {
  const RootsOnInterval found = roots_on_interval([](double x) { return std::sin(x); }, 0, 2 * pi);
  CHECK(found.status == Status::converged);
  check_roots(found, {0, pi, 2 * pi});
  check_roots(roots_on_interval(
                  [](double x) {
                    double product = 1;
                    for (int k = 1; k <= 10; ++k) product *= x - k;
                    return product;
                  },
                  0, 11),
              {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
}

TEST_CASE("roots on an interval: many roots, none missed and none invented") {
  for (const double frequency : {50.0, 500.0}) {
    const RootsOnInterval found =
        roots_on_interval([&](double x) { return std::sin(frequency * x); }, 0.001, 10);
    CHECK(found.status == Status::converged);
    std::vector<double> expected;
    for (int k = 1; k * pi / frequency <= 10; ++k) expected.push_back(k * pi / frequency);
    check_roots(found, expected);
  }
  const RootsOnInterval chirp = roots_on_interval([](double x) { return std::cos(x * x); }, 0, 20);
  CHECK(chirp.roots.size() == 127);  // sqrt((k + 1/2) π) ≤ 20 for k = 0 … 126
}

TEST_CASE("roots on an interval: f that touches zero, and f that only comes near") {
  const auto parabola = [](double lift) {
    return [lift](double x) { return (x - 0.3) * (x - 0.3) + lift; };
  };
  const RootsOnInterval touching = roots_on_interval(parabola(0), 0, 1);
  CHECK(touching.status == Status::converged);
  check_roots(touching, {0.3});
  CHECK(touching.roots[0].touching);
  check_roots(roots_on_interval(parabola(1e-12), 0, 1), {});
  const RootsOnInterval pair = roots_on_interval(parabola(-1e-12), 0, 1);
  check_roots(pair, {0.3 - 1e-6, 0.3 + 1e-6});
  CHECK_FALSE(pair.roots[0].touching);
  check_roots(roots_on_interval([](double x) { return std::abs(x - 0.3); }, 0, 1), {0.3});
  check_roots(roots_on_interval([](double x) { return std::sqrt(std::abs(x - 0.3)); }, 0, 1),
              {0.3});
}

TEST_CASE("roots on an interval: rounding that hides a root makes it suspicious") {
  const RootsOnInterval expanded =
      roots_on_interval([](double x) { return (x * x - 4) * x * x + 4; }, 0, 2);
  CHECK(expanded.status == Status::suspicious);
  check_roots(expanded, {std::numbers::sqrt2});
  const RootsOnInterval flat =
      roots_on_interval([](double x) { return std::exp(x) - 1 - x; }, -1, 2);
  CHECK(flat.status == Status::suspicious);
  check_roots(flat, {0.0});
}

TEST_CASE("roots on an interval: poles and jumps are no roots") {
  const RootsOnInterval tangent = roots_on_interval([](double x) { return std::tan(x); }, -10, 10);
  CHECK(tangent.status == Status::converged);
  check_roots(tangent, {-3 * pi, -2 * pi, -pi, 0, pi, 2 * pi, 3 * pi});
  REQUIRE(tangent.discontinuities.size() == 6);
  for (int k = 0; k < 6; ++k) {
    const Discontinuity& pole = tangent.discontinuities[static_cast<std::size_t>(k)];
    CHECK(pole.pole);
    CHECK_NEAR(pole.x, (k - 2.5) * pi, 1e-14);
  }
  for (const double place : {0.0, 0.3}) {
    check_roots(roots_on_interval([&](double x) { return 1 / (x - place); }, -1, 1.5), {});
    check_roots(
        roots_on_interval([&](double x) { return 1 / ((x - place) * (x - place)); }, -1, 1.5), {});
  }
  const RootsOnInterval steps =
      roots_on_interval([](double x) { return std::floor(x) - 0.5; }, -3.2, 3.3);
  check_roots(steps, {});
  REQUIRE(steps.discontinuities.size() == 1);
  CHECK_FALSE(steps.discontinuities[0].pole);
  CHECK_NEAR(steps.discontinuities[0].x, 1.0, 1e-15);
  CHECK(roots_on_interval([](double x) { return std::tgamma(x); }, -4.5, 4)
            .roots.empty());  // gamma has no zeros
}

TEST_CASE("roots on an interval: intervals of zeros, and where f has no value") {
  const RootsOnInterval ramp =
      roots_on_interval([](double x) { return std::max(0.0, x - 0.5); }, 0, 1);
  CHECK(ramp.status == Status::converged);
  REQUIRE(ramp.zero_intervals.size() == 1);
  CHECK(ramp.zero_intervals[0].lower == 0.0);
  CHECK_NEAR(ramp.zero_intervals[0].upper, 0.5, 1e-15);
  CHECK(ramp.roots.empty());

  const RootsOnInterval underflow =
      roots_on_interval([](double x) { return std::exp(-x * x); }, -100, 100);
  CHECK(underflow.status == Status::suspicious);
  CHECK_THAT(underflow.reason, ContainsSubstring("underflows"));

  const RootsOnInterval half =
      roots_on_interval([](double x) { return std::sqrt(x * x - 2); }, -3, 3);
  check_roots(half, {-std::numbers::sqrt2, std::numbers::sqrt2});
  REQUIRE(half.undefined.size() == 1);
  CHECK_NEAR(half.undefined[0].lower, -std::numbers::sqrt2, 1e-9);
  check_roots(roots_on_interval([](double x) { return std::log(x); }, -1, 3), {1.0});
  check_roots(roots_on_interval([](double x) { return std::sin(x) / x; }, -4, 4), {-pi, pi});
}

TEST_CASE("roots on an interval: what varies too fast or is nothing is said") {
  const RootsOnInterval wild = roots_on_interval([](double x) { return std::sin(1 / x); }, -1, 1,
                                                 {.max_evaluations = 50'000});
  CHECK(wild.status == Status::out_of_budget);
  CHECK(wild.evaluations <= 51'000);
  CHECK_THAT(wild.reason, ContainsSubstring("varies too fast"));
  CHECK(roots_on_interval([](double) { return std::nan(""); }, 0, 1).status == Status::not_finite);
  const RootsOnInterval noise = roots_on_interval(
      [](double x) { return std::sin(x) * std::sin(x) + std::cos(x) * std::cos(x) - 1; }, 0, 1,
      {.max_evaluations = 50'000});
  CHECK(noise.status != Status::converged);
  CHECK_THROWS_AS(roots_on_interval([](double x) { return x; }, 1, 0), DomainError);
  CHECK_THROWS_AS(
      roots_on_interval([](double x) { return x; }, 0, std::numeric_limits<double>::infinity()),
      DomainError);
}

TEST_CASE("roots on an interval: a narrow structure on a wide interval") {
  const RootsOnInterval found =
      roots_on_interval([](double x) { return (x * x - 1) / (1 + x * x * x * x); }, -1e6, 1e6);
  CHECK(found.status == Status::converged);
  check_roots(found, {-1, 1});
}

TEST_CASE("roots on an interval: products of linear factors give back their zeros") {
  CHECK(rc::check([] {
    auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-400, 400));
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    if (numbers.size() > 8) numbers.resize(8);
    const auto f = [&](double x) {
      double product = 1;
      for (const int number : numbers) product *= x - number / 100.0;
      return product;
    };
    const RootsOnInterval found = roots_on_interval(f, -5, 5);
    RC_ASSERT(found.status == Status::converged);
    RC_ASSERT(found.roots.size() == numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
      RC_ASSERT(std::abs(found.roots[i].x - numbers[i] / 100.0) <= found.roots[i].error);
  }));
}
