#include "mathtool/math/calculus/acceleration.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::math;
using namespace mathtool::test;

namespace {

template <class F>
std::vector<double> sequence(int count, F&& member) {
  std::vector<double> s;
  for (int n = 0; n < count; ++n) s.push_back(member(n));
  return s;
}

std::span<const double> all(const std::vector<double>& s) { return s; }

}  // namespace

TEST_CASE("acceleration: epsilon is exact for m geometric terms after 2m + 1 members",
          "[acceleration]") {
  const auto s =
      sequence(5, [](int n) { return 3 + 2 * std::pow(0.5, n) - 7 * std::pow(-0.25, n); });
  CHECK_NEAR(wynn_epsilon(all(s)).back(), 3.0, 1e-13);
  CHECK(std::abs(s.back() - 3) > 0.05);
}

TEST_CASE("acceleration: epsilon keeps the limit of a sequence that has arrived",
          "[acceleration]") {
  const std::vector<double> s{1, 1.5, 1.75, 2, 2, 2, 2, 2, 2};
  CHECK(wynn_epsilon(all(s)).back() == 2);
  const std::vector<double> constant(7, -4.5);
  CHECK(wynn_epsilon(all(constant)).back() == -4.5);
  CHECK(levin_u(all(constant)).back() == -4.5);
}

TEST_CASE("acceleration: Levin's u sums the inverse squares and Leibniz's series",
          "[acceleration]") {
  double sum = 0;
  const auto squares = sequence(16, [&](int n) { return sum += 1.0 / ((n + 1.0) * (n + 1.0)); });
  CHECK_NEAR(levin_u(all(squares))[10], 1.6449340668482264365, 1e-9);
  sum = 0;
  const auto leibniz =
      sequence(16, [&](int n) { return sum += (n % 2 ? -4.0 : 4.0) / (2 * n + 1); });
  CHECK_NEAR(levin_u(all(leibniz)).back(), 3.1415926535897932385, 1e-13);
}

TEST_CASE("acceleration: Richardson removes powers of the distance", "[acceleration]") {
  const auto s = sequence(5, [](int n) {
    const double h = std::pow(0.5, n);
    return 1 + 3 * h * h - 5 * std::pow(h, 4) + std::pow(h, 6);
  });
  CHECK_NEAR(richardson(all(s), 2.0, 2.0, 2.0)[3], 1.0, 1e-14);
}

TEST_CASE("acceleration: the stated error holds even for logarithmic convergence",
          "[acceleration]") {
  for (const double power : {0.5, 1.0, 2.0, 3.5}) {
    const auto s = sequence(40, [&](int n) { return 2 + std::pow(n + 1.0, -power); });
    const auto plain = best_estimate(all(s));
    INFO("power " << power << ": error " << plain.value - 2 << ", stated " << plain.error);
    CHECK(std::abs(plain.value - 2) <= plain.error);
  }
}

TEST_CASE("acceleration: too few or unusable members give no estimate", "[acceleration]") {
  const std::vector<double> few{1, 2, 3};
  CHECK(best_estimate(all(few)).error == std::numeric_limits<double>::infinity());
  const std::vector<double> broken(8, std::nan(""));
  CHECK(best_estimate(all(broken)).error == std::numeric_limits<double>::infinity());
  CHECK(wynn_epsilon(all(std::vector<double>{})).empty());
  CHECK(levin_u(all(std::vector<double>{1})).empty());
}

TEST_CASE("acceleration: transforms commute with scaling and shifting", "[acceleration]") {
  CHECK(rc::check("to rounding", [] {
    const int ratio_percent = *rc::gen::inRange(-80, 80);
    const double scale = *rc::gen::inRange(1, 100), shift = *rc::gen::inRange(-100, 100);
    const auto member = [=](int n) { return std::pow(ratio_percent / 100.0, n) + 1.0 / (n + 1); };
    const auto s = sequence(9, member);
    const auto t = sequence(9, [&](int n) { return shift + scale * member(n); });
    const double size = scale + std::abs(shift);
    RC_ASSERT(std::abs(wynn_epsilon(all(t))[4] - (shift + scale * wynn_epsilon(all(s))[4])) <=
              1e-7 * size);
  }));
}
