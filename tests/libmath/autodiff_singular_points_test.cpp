#include <cmath>

#include "mathtool/math/autodiff/derivative.hpp"
#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/constants.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::math;
using namespace mathtool::test;
using mathtool::infinity;

namespace {

using std::abs, std::acosh, std::asin, std::atanh, std::cbrt, std::ceil, std::floor, std::hypot,
    std::lgamma, std::log, std::log10, std::log1p, std::log2, std::max, std::min, std::pow,
    std::round, std::sqrt, std::tanh, std::tgamma, std::trunc;

}  // namespace

TEST_CASE("awkward places: what is returned where there is no derivative, or only just one") {
  const auto slope = [](const auto& f, double x) { return f(Dual<>::variable(x)).derivative(); };
  const auto no_slope = [&](const auto& f, double x) { return std::isnan(slope(f, x)); };

  SECTION("powers at 0") {
    CHECK(slope([](const auto& x) { return pow(x, 0); }, 0.0) == 0);
    CHECK(slope([](const auto& x) { return pow(x, 1); }, 0.0) == 1);
    CHECK(slope([](const auto& x) { return pow(x, 2); }, 0.0) == 0);
    CHECK(slope([](const auto& x) { return pow(x, 0.5); }, 0.0) == infinity);
    CHECK(slope([](const auto& x) { return pow(0.0, x); }, 2.0) == 0);
    CHECK(slope([](const auto& x) { return sqrt(x); }, 0.0) == infinity);
    CHECK(slope([](const auto& x) { return cbrt(x); }, 0.0) == infinity);
    const Dual<> zero = Dual<>::variable(0);
    CHECK(pow(zero, Dual<>(2)).derivative() == 0);
    CHECK(pow(zero, Dual<>(1)).derivative() == 1);
  }
  SECTION("second derivatives of powers at 0") {
    using Nested = Dual<Dual<>>;
    const auto x = Nested::variable(Dual<>::variable(0));
    CHECK(pow(x, 2).derivative().derivative() == 2);
    CHECK(pow(x, 1).derivative().derivative() == 0);
    CHECK(pow(x, 3).derivative().derivative() == 0);
    CHECK(tanh(x).derivative().derivative() == 0);
  }
  SECTION("a negative base with a constant exponent") {
    CHECK(pow(Dual<>::variable(-3), Dual<>(2)).derivative() == -6);
    CHECK(pow(Dual<>::variable(-3), 3).derivative() == 27);
    CHECK(no_slope([](const auto& x) { return pow(-3.0, x); }, 2.0));
  }
  SECTION("corners and steps") {
    CHECK(slope([](const auto& x) { return abs(x); }, 0.0) == 0);
    CHECK(slope([](const auto& x) { return abs(x); }, -0.5) == -1);
    CHECK(slope([](const auto& x) { return floor(x) + ceil(x) + round(x) + trunc(x); }, 1.0) == 0);
    CHECK(slope([](const auto& x) { return sign(x); }, 0.0) == 0);
    CHECK(slope([](const auto& x) { return max(x, 2 * x); }, 0.0) == 1);
    CHECK(no_slope([](const auto& x) { return hypot(x, 0 * x); }, 0.0));
    CHECK(std::isnan(max(Dual<>(1), Dual<>(std::nan(""))).value()));
    CHECK(std::isnan(min(Dual<>(std::nan("")), Dual<>(1)).value()));
  }
  SECTION("outside the domain") {
    CHECK(no_slope([](const auto& x) { return log(x); }, -1.0));
    CHECK(no_slope([](const auto& x) { return log1p(x); }, -2.0));
    CHECK(no_slope([](const auto& x) { return log2(x); }, -2.0));
    CHECK(no_slope([](const auto& x) { return log10(x); }, -2.0));
    CHECK(no_slope([](const auto& x) { return sqrt(x); }, -1.0));
    CHECK(no_slope([](const auto& x) { return asin(x); }, 1.5));
    CHECK(no_slope([](const auto& x) { return acosh(x); }, -2.0));
    CHECK(no_slope([](const auto& x) { return atanh(x); }, 2.0));
    CHECK(no_slope([](const auto& x) { return tgamma(x); }, -1.0));
    CHECK(no_slope([](const auto& x) { return lgamma(x); }, 0.0));
    CHECK(std::isnan(derivative([](const auto& x) { return log(x); }, -1.0, 2)));
    CHECK(std::isnan(derivative([](const auto& x) { return log1p(x); }, -3.0, 4)));
  }
  SECTION("where tanh rounds to 1 and where cosh overflows") {
    const auto f = [](const auto& x) { return tanh(x); };
    CHECK_NEAR(slope(f, 20.0), 4 * std::exp(-40.0), ulps(4, 4 * std::exp(-40.0)));
    CHECK(slope(f, 800.0) == 0);
    CHECK(derivative(f, 800.0, 3) == 0);
    CHECK(derivative(f, -800.0, 2) == 0);
  }
}
