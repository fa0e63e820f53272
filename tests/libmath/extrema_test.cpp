#include <cmath>
#include <numbers>
#include <optional>

#include "mathtool/math/calculus/convexity.hpp"
#include "mathtool/math/calculus/extrema.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using std::numbers::pi;

namespace {

constexpr auto minimum = ExtremumKind::minimum;
constexpr auto maximum = ExtremumKind::maximum;

struct Expected {
  ExtremumKind kind;
  double x;
  bool global;
};

void check_extrema(const Extrema& found, const std::vector<Expected>& expected) {
  INFO(to_string(found.status) << " " << found.reason);
  REQUIRE(found.points.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Extremum& point = found.points[i];
    INFO("extremum " << i);
    CHECK(point.kind == expected[i].kind);
    CHECK_NEAR(point.x, expected[i].x, point.error + test::ulps(1, expected[i].x));
    CHECK(point.global == expected[i].global);
  }
}

const Extremum& global(const Extrema& found, ExtremumKind kind) {
  for (const Extremum& point : found.points)
    if (point.global && point.kind == kind) return point;
  FAIL("no global extremum of that kind");
  return found.points.front();
}

TEST_CASE("extrema: a needle between the first samples") {
  const auto needle = [](double x) { return std::exp(-std::pow(1e6 * (x - 0.3), 2)); };
  const auto slope = [&](double x) { return -2e12 * (x - 0.3) * needle(x); };
  const Extrema found = extrema(needle, 0, 1, {.derivative = slope, .scan = 200'000});
  CHECK(found.status == Status::converged);
  REQUIRE(found.points.size() == 3);
  CHECK(found.points[1].kind == ExtremumKind::maximum);
  CHECK(found.points[1].global);
  CHECK(std::abs(found.points[1].x - 0.3) <= found.points[1].error + 1e-15);
  CHECK(std::abs(found.points[1].value - 1) < 1e-6);
  CHECK_THROWS_AS(extrema(needle, 0, 1, {.scan = -1}), DomainError);
}

}  // namespace

TEST_CASE("extrema: all of a wave, by values alone to 1e-11, with the derivative to rounding") {
  const auto sin = [](double x) { return std::sin(x); };
  const std::vector<Expected> expected = {{minimum, 0, false},
                                          {maximum, pi / 2, true},
                                          {minimum, 3 * pi / 2, true},
                                          {maximum, 5 * pi / 2, true},
                                          {minimum, 10, false}};
  const Extrema values = extrema(sin, 0, 10);
  CHECK(values.status == Status::converged);
  check_extrema(values, expected);
  for (const Extremum& point : values.points) CHECK(point.error <= 1e-11);
  const Extrema slopes = extrema(sin, 0, 10, {.derivative = [](double x) { return std::cos(x); }});
  CHECK(slopes.status == Status::converged);
  check_extrema(slopes, expected);
  for (const Extremum& point : slopes.points) CHECK(point.error <= 1e-14);
}

TEST_CASE("extrema: a critical point that is none, and one where f is flat to fourth order") {
  check_extrema(extrema([](double x) { return x * x * x; }, -1, 2),
                {{minimum, -1, true}, {maximum, 2, true}});
  const auto quartic = [](double x) { return std::pow(x, 4); };
  const Extrema flat = extrema(quartic, -1, 2);
  CHECK(flat.status == Status::suspicious);  // values alone do not tell the place to 1e-7
  check_extrema(flat, {{maximum, -1, false}, {minimum, 0, true}, {maximum, 2, true}});
  const Extrema sharp =
      extrema(quartic, -1, 2, {.derivative = [](double x) { return 4 * x * x * x; }});
  CHECK(sharp.status == Status::converged);
  CHECK(global(sharp, minimum).x == 0.0);
}

TEST_CASE("extrema: kinks and cusps") {
  const Extrema waves = extrema([](double x) { return std::abs(std::sin(x)); }, 0, 7);
  CHECK(waves.status == Status::converged);
  check_extrema(waves, {{minimum, 0, true},
                        {maximum, pi / 2, true},
                        {minimum, pi, true},
                        {maximum, 3 * pi / 2, true},
                        {minimum, 2 * pi, true},
                        {maximum, 7, false}});
  const Extrema cusp = extrema([](double x) { return std::cbrt(x * x); }, -1, 2);
  CHECK(global(cusp, minimum).x == 0.0);
}

TEST_CASE("extrema: plateaux are one extremum each") {
  const Extrema constant = extrema([](double) { return 3.0; }, 0, 7);
  CHECK(constant.status == Status::converged);
  check_extrema(constant, {{minimum, 3.5, true}, {maximum, 3.5, true}});
  CHECK(constant.points[0].plateau);
  CHECK(constant.points[0].error == 3.5);
  const Extrema clamped = extrema([](double x) { return std::clamp(x, 0.0, 1.0); }, -1, 2);
  check_extrema(clamped, {{minimum, -0.5, true}, {maximum, 1.5, true}});
  CHECK(clamped.points[0].plateau);
  CHECK_NEAR(clamped.points[0].error, 0.5, 1e-9);
}

TEST_CASE("extrema: beside poles nothing is global on the side that is unbounded") {
  const Extrema tangent = extrema([](double x) { return std::tan(x); }, -1, 5);
  CHECK(tangent.discontinuities.size() == 2);
  for (const Extremum& point : tangent.points) CHECK_FALSE(point.global);
  const Extrema well = extrema([](double x) { return 1 / (x * x); }, -1, 2);
  REQUIRE(well.discontinuities.size() == 1);
  CHECK(well.discontinuities[0].pole);
  check_extrema(well, {{minimum, -1, false}, {minimum, 2, true}});
  const Extrema log = extrema([](double x) { return std::log(std::abs(x - 0.3)); }, -1, 2);
  check_extrema(log, {{maximum, -1, false}, {maximum, 2, true}});
  check_extrema(extrema([](double x) { return std::log(x); }, -1, 2), {{maximum, 2, true}});
}

TEST_CASE("extrema: jumps, and ends of the domain") {
  const Extrema stairs = extrema([](double x) { return std::floor(x); }, -1.2, 2.3);
  CHECK(stairs.discontinuities.size() == 4);
  check_extrema(stairs, {{minimum, -1.1, true}, {maximum, 2.15, true}});
  const Extrema saw = extrema([](double x) { return x - std::floor(x); }, 0.2, 1.7);
  CHECK(saw.status == Status::suspicious);  // the supremum 1 is not attained
  CHECK_THAT(saw.reason, ContainsSubstring("jumps"));
  check_extrema(extrema([](double x) { return std::sqrt(1 - x * x); }, -2, 3),
                {{minimum, -1, true}, {maximum, 0, true}, {minimum, 1, true}});
}

TEST_CASE("extrema: a narrow peak, and a function that moves too fast") {
  const Extrema peak =
      extrema([](double x) { return x + std::exp(-1e6 * (x - 0.7) * (x - 0.7)); }, -1, 1);
  CHECK(peak.points.size() == 4);
  // x + exp(−u²) with u = 1000 (x − 0.7) turns where 2000 u exp(−u²) = 1: u = 0.000500000125.
  CHECK_NEAR(global(peak, maximum).x, 0.7 + 5.00000125e-7, 1e-12);
  const Extrema wild =
      extrema([](double x) { return std::sin(1 / x); }, -1, 1, {.max_evaluations = 20'000});
  CHECK(wild.status == Status::out_of_budget);
  CHECK(extrema([](double) { return std::nan(""); }, 0, 1).status == Status::not_finite);
  CHECK_THROWS_AS(extrema([](double x) { return x; }, 1, 1), DomainError);
}

TEST_CASE("convexity: inflections from f, from f′ and from f″") {
  const auto f = [](double x) { return x * x * x - 3 * x; };
  const auto slope = [](double x) { return 3 * x * x - 3; };
  const auto bend = [](double x) { return 6 * x; };
  const ConvexityOptions all[] = {
      {}, {.derivative = slope}, {.derivative = slope, .second_derivative = bend}};
  const double errors[] = {1e-8, 1e-11, 1e-14};
  for (int i = 0; i < 3; ++i) {
    const Convexity found = convexity(f, -2, 3, all[i]);
    INFO(i << " " << found.reason);
    CHECK(found.status == Status::converged);
    REQUIRE(found.inflections.size() == 1);
    CHECK(found.inflections[0].error <= errors[i]);
    CHECK(std::abs(found.inflections[0].x) <= found.inflections[0].error);
    REQUIRE(found.intervals.size() == 2);
    CHECK(found.intervals[0].curvature == Curvature::concave);
    CHECK(found.intervals[1].curvature == Curvature::convex);
    CHECK(found.intervals[0].interval.lower == -2.0);
    CHECK(found.intervals[1].interval.upper == 3.0);
  }
}

TEST_CASE("convexity: a bell has two inflections, x⁴ none, a line is straight") {
  const Convexity bell = convexity([](double x) { return std::exp(-x * x / 2); }, -3, 4);
  REQUIRE(bell.inflections.size() == 2);
  CHECK_NEAR(bell.inflections[0].x, -1.0, bell.inflections[0].error);
  CHECK_NEAR(bell.inflections[1].x, 1.0, bell.inflections[1].error);
  CHECK(bell.intervals.size() == 3);

  const Convexity quartic = convexity([](double x) { return std::pow(x, 4); }, -1, 2,
                                      {.second_derivative = [](double x) { return 12 * x * x; }});
  CHECK(quartic.inflections.empty());
  REQUIRE(quartic.intervals.size() == 1);
  CHECK(quartic.intervals[0].curvature == Curvature::convex);

  const Convexity line = convexity([](double x) { return 2 * x - 1; }, 0, 1);
  REQUIRE(line.intervals.size() == 1);
  CHECK(line.intervals[0].curvature == Curvature::straight);
  CHECK(line.inflections.empty());
}

TEST_CASE("convexity: a pole parts two intervals and is no inflection, a cusp may be one") {
  const Convexity pole = convexity([](double x) { return 1 / x; }, -1, 2);
  CHECK(pole.inflections.empty());
  REQUIRE(pole.intervals.size() == 2);
  CHECK(pole.intervals[0].curvature == Curvature::concave);
  CHECK(pole.intervals[1].curvature == Curvature::convex);
  const Convexity root = convexity([](double x) { return std::cbrt(x); }, -1, 2);
  REQUIRE(root.inflections.size() == 1);
  CHECK_NEAR(root.inflections[0].x, 0.0, 1e-9);
  const Convexity kink = convexity([](double x) { return std::abs(x - 0.3); }, 0, 1);
  CHECK(kink.inflections.empty());
  CHECK(kink.intervals.size() == 2);
  CHECK_THROWS_AS(convexity([](double x) { return x; }, 1, 0), DomainError);
}
