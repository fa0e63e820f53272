#include <cmath>
#include <vector>

#include "mathtool/math/autodiff/derivative.hpp"
#include "mathtool/math/autodiff/polygamma.hpp"
#include "mathtool/math/autodiff/taylor_series.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::math;
using namespace mathtool::test;

TEST_CASE("series: zeros of the argument of a power") {
  const auto coefficient = [](const auto& f, int k) {
    return f(TaylorSeries<>::variable(0, 6))[k];
  };
  CHECK(coefficient([](const auto& x) { return pow(x, 3); }, 3) == 1);
  CHECK(coefficient([](const auto& x) { return pow(x, 40); }, 6) == 0);
  CHECK(coefficient([](const auto& x) { return pow(x * x, 2.5); }, 4) == 0);
  CHECK(std::isnan(coefficient([](const auto& x) { return pow(x, 2.5); }, 3)));
  CHECK(std::isnan(coefficient([](const auto& x) { return sqrt(x * x); }, 1)));
  // So near 0 that x^3 underflows, its third derivative is 6 all the same.
  CHECK(derivative([](const auto& x) { return pow(x, 3); }, 1e-200, 3) == 6);
  CHECK(derivative([](const auto& x) { return pow(x, 100); }, 1e-200, 100) ==
        Approx(std::tgamma(101.0)).epsilon(1e-13));
}

TEST_CASE("series: high orders of functions with known expansions") {
  const auto at_zero = [](const auto& f, int k) { return f(TaylorSeries<>::variable(0, k))[k]; };
  double factorial = 1;
  for (int k = 1; k <= 60; ++k) {
    factorial *= k;
    INFO("order " << k);
    CHECK_NEAR(at_zero([](const auto& x) { return exp(x); }, k), 1 / factorial,
               relative(1e-14, 1 / factorial));
    CHECK(at_zero([](const auto& x) { return 1 / (1 - x); }, k) == 1);
    CHECK_NEAR(at_zero([](const auto& x) { return log1p(x); }, k), (k % 2 == 1 ? 1.0 : -1.0) / k,
               relative(1e-14, 1.0 / k));
    const double odd = k % 2 == 1 ? (k % 4 == 1 ? 1.0 : -1.0) : 0.0;
    CHECK_NEAR(at_zero([](const auto& x) { return sin(x); }, k), odd / factorial,
               relative(1e-14, 1 / factorial));
    CHECK_NEAR(at_zero([](const auto& x) { return atan(x); }, k), odd / k,
               relative(1e-14, 1.0 / k));
  }
  // Bernoulli and Euler numbers: Abramowitz and Stegun, 4.3.67, 4.3.69 and 4.5.64.
  CHECK_NEAR(at_zero([](const auto& x) { return tan(x); }, 9), 62.0 / 2835, ulps(8, 62.0 / 2835));
  CHECK_NEAR(at_zero([](const auto& x) { return 1 / cos(x); }, 8), 277.0 / 8064,
             ulps(8, 277.0 / 8064));
  CHECK_NEAR(at_zero([](const auto& x) { return tanh(x); }, 7), -17.0 / 315, ulps(8, 17.0 / 315));
}

TEST_CASE("series: the shorter of two decides the order, constants have every order") {
  const auto x = TaylorSeries<>::variable(2, 5), y = TaylorSeries<>::variable(3, 2);
  CHECK((x * y).order() == 2);
  CHECK((x / y + sin(x)).order() == 2);
  CHECK((x * 3.0).order() == 5);
  CHECK((x * TaylorSeries<>(3)).order() == 5);
  CHECK(TaylorSeries<>(3)[4] == 0);
  CHECK_THROWS_AS(TaylorSeries<>::variable(1, -1), mathtool::DomainError);
  CHECK_THROWS_AS(TaylorSeries<>(std::vector<double>{}), mathtool::DimensionError);
}

TEST_CASE("polygamma: classical values, the recurrence, and NaN at the poles") {
  const double pi = std::acos(-1.0), gamma = 0.57721566490153286061;
  CHECK_NEAR(digamma(1.0), -gamma, ulps(2, gamma));
  CHECK_NEAR(digamma(0.5), -gamma - 2 * std::log(2.0), ulps(2, 2.0));
  CHECK_NEAR(polygamma(1, 1.0), pi * pi / 6, ulps(2, 1.6));
  CHECK_NEAR(polygamma(2, 1.0), -2 * 1.2020569031595942854, ulps(4, 2.4));
  CHECK_NEAR(polygamma(3, 1.0), pi * pi * pi * pi / 15, ulps(4, 6.5));
  for (const int n : {0, 1, 2, 5}) {
    for (const double x : {-2.3, 0.1, 1.7, 12.0}) {
      INFO("order " << n << " at " << x);
      const double step = (n % 2 == 0 ? 1 : -1) * std::tgamma(n + 1.0) / std::pow(x, n + 1);
      const double size = std::abs(step) + std::abs(polygamma(n, x));
      CHECK_NEAR(polygamma(n, x + 1) - polygamma(n, x), step, ulps(20, size));
    }
    CHECK(std::isnan(polygamma(n, 0.0)));
    CHECK(std::isnan(polygamma(n, -3.0)));
    CHECK(isnan(polygamma(n, FiftyDigits(-3))));
  }
  CHECK_THROWS_AS(polygamma(-1, 2.0), mathtool::DomainError);
}
