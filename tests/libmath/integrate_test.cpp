#include "mathtool/math/calculus/integrate.hpp"

#include <rapidcheck.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "check_estimate.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "real_function.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using std::numbers::pi;

namespace {

double limit(const nlohmann::json& text) {
  return test::RealFunction(text.get<std::string>(), {})({});
}

}  // namespace

TEST_CASE("integrate: the reference integrals converge within their bounds, to 12 digits") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "integrals.json"));
  for (const auto& entry : file.at("one_dimensional")) {
    const auto text = entry.at("integrand").get<std::string>();
    INFO(entry.at("id") << " " << text);
    const test::RealFunction f(text, {"x"});
    const Integral integral =
        integrate([&](double x) { return f({x}); }, limit(entry.at("a")), limit(entry.at("b")));
    const double expected = std::stod(entry.at("value").get<std::string>());
    test::check_estimate(integral, expected);
    // Where rounding of x under many half-waves leaves less, the bound says so.
    const double digits = entry.at("klass") == "oscillatory" ? 5e-12 : 1e-12;
    CHECK_NEAR(integral.value, expected, test::relative(digits, expected));
  }
}

TEST_CASE("integrate: a reversed range changes the sign, an empty one gives 0") {
  test::check_estimate(integrate([](double x) { return std::exp(x); }, 1, 0), 1 - std::numbers::e);
  test::check_estimate(integrate([](double x) { return std::exp(-x * x); }, infinity, -infinity),
                       -std::sqrt(pi));
  const Integral nothing = integrate([](double x) { return x; }, infinity, infinity);
  test::check_estimate(nothing, 0.0);
  CHECK(nothing.evaluations == 0);
}

TEST_CASE("integrate: options that make no sense are refused") {
  const auto f = [](double x) { return x; };
  CHECK_THROWS_AS(integrate(f, NAN, 1), DomainError);
  CHECK_THROWS_AS(integrate(f, 0, NAN), DomainError);
  CHECK_THROWS_AS(integrate(f, 0, 1, {.rel_tol = -1}), DomainError);
  CHECK_THROWS_AS(integrate(f, 0, 1, {.abs_tol = NAN}), DomainError);
  CHECK_THROWS_AS(integrate(f, 0, 1, {.max_evaluations = 0}), DomainError);
  CHECK_THROWS_AS(integrate(f, 0, 1, {.scan = 20}), DomainError);
  CHECK_THROWS_AS(integrate(f, 0, 1, {.zero_scan = -1}), DomainError);
}

TEST_CASE("integrate: what f throws passes through, and a raised token stops") {
  CHECK_THROWS_AS(
      integrate([](double x) { return x > 0.5 ? throw std::runtime_error("mine") : x; }, 0, 1),
      std::runtime_error);
  const std::atomic<bool> stop = true;
  CHECK_THROWS_AS(integrate([](double x) { return x; }, 0, 1, {.stop = StopToken(stop)}), Stopped);
}

TEST_CASE("integrate: a budget that is too small is said, with the best value") {
  const auto f = [](double x) { return std::sin(1e5 * x); };
  const Integral integral = integrate(f, 0, 1, {.max_evaluations = 5000});
  CHECK(integral.status == Status::out_of_budget);
  CHECK(integral.evaluations < 6000);
  CHECK(std::isfinite(integral.value));
}

TEST_CASE("integrate: break points save the search for jumps and singularities") {
  const auto jump = [](double x) { return x < 1 / 3.0 ? 1.0 : 5.0; };
  const double place = 1 / 3.0;
  const Integral searched = integrate(jump, 0, 1),
                 told = integrate(jump, 0, 1, {.breaks = std::span(&place, 1)});
  test::check_estimate(searched, 1 / 3.0 + 10 / 3.0);
  test::check_estimate(told, 1 / 3.0 + 10 / 3.0);
  CHECK(told.evaluations < searched.evaluations / 3);
  const std::vector<double> outside{-5.0, 0.0, 1.0, 7.0, infinity};
  test::check_estimate(integrate(jump, 0, 1, {.breaks = outside}), 1 / 3.0 + 10 / 3.0);
}

TEST_CASE("integrate: a denser scan finds a narrower peak") {
  // A bell of width 1e-4 on a constant: 195 samples cannot show it, 5000 must.
  const auto f = [](double x) { return 1 + std::exp(-1e8 * (x - 0.37) * (x - 0.37)); };
  test::check_estimate(integrate(f, 0, 1, {.scan = 5000}), 1 + 1e-4 * std::sqrt(pi));
  const Integral coarse = integrate(f, 0, 1);
  CHECK(coarse.widest_gap > 1e-3);  // which says that a peak of 1e-4 can have been missed
  CHECK(integrate(f, 0, 1, {.scan = 5000}).widest_gap < 1e-3);
}

TEST_CASE("integrate: an isolated point without a value does not matter") {
  test::check_estimate(integrate([](double x) { return (x * x - 0.25) / (x - 0.5); }, 0, 1), 1.0);
  test::check_estimate(integrate([](double x) { return x == 0.0625 ? infinity : x; }, 0, 1), 0.5);
  test::check_estimate(integrate([](double x) { return x == 0.3125 ? NAN : x; }, 0, 1), 0.5);
}

TEST_CASE("integrate: f that is 0 wherever looked at is suspicious, not converged") {
  const Integral zero = integrate([](double) { return 0.0; }, 0, 1);
  CHECK(zero.value == 0.0);
  CHECK(zero.status == Status::suspicious);
  const auto needle = [](double x) { return std::abs(x - 0.3712345) < 1e-7 ? 1e7 : 0.0; };
  CHECK(integrate(needle, 0, 1).status == Status::suspicious);
  CHECK(integrate(needle, 0, 1, {.zero_scan = 0}).evaluations < 500);
}

TEST_CASE("integrate: f that is not finite on an interval is named with a place") {
  for (const auto& f : std::vector<double (*)(double)>{
           [](double x) { return std::sqrt(x); }, [](double x) { return std::log(x); },
           [](double) { return double(NAN); }, [](double) { return double(infinity); },
           [](double x) { return x < -0.9 ? x : std::sqrt(-0.5 - x); }}) {
    const Integral integral = integrate(f, -1, 1);
    CHECK(integral.status == Status::not_finite);
    CHECK(std::isnan(integral.value));
    CHECK(integral.reason.find("x = ") != std::string::npos);
  }
  CHECK(integrate([](double x) { return std::exp(x * x); }, 0, 100).status == Status::not_finite);
}

TEST_CASE("integrate: rules do not agree by accident where f cancels at mirrored points") {
  // Steps at 8/97 and 8/97 + 1/3 stand almost as mirror images in [0, 1/2].
  const double k = 8 / 97.0;
  const Integral stairs = integrate([=](double x) { return std::floor(3 * (x - k)); }, -2, 2);
  CHECK(stairs.status == Status::converged);
  CHECK(std::abs(stairs.value - (-7 * k - 11 / 3.0 + 5 * (2 - k - 5 / 3.0))) <= stairs.error);
}

TEST_CASE("integrate: a box anywhere is found with its edges") {
  for (int i = 0; i < 200; ++i) {
    const double centre = -1.9 + 3.8 * std::fmod(i * std::numbers::phi, 1.0);
    const Integral box =
        integrate([=](double x) { return std::abs(x - centre) < 0.003 ? 1.0 : 0.0; }, -2, 2);
    INFO(centre << ": " << box.value << " ± " << box.error << ", " << box.reason);
    CHECK(box.status == Status::converged);
    CHECK(std::abs(box.value - 0.006) <= box.error + 1e-15);
  }
}

TEST_CASE("integrate: what falls off is not called divergent, whatever its waves look like") {
  const auto check = [](double (*f)(double), double a, double b, double value) {
    const Integral integral = integrate(f, a, b);
    INFO(integral.value << " ± " << integral.error << ": " << integral.reason);
    CHECK(integral.status != Status::divergent);
    if (integral.status == Status::converged)
      CHECK(std::abs(integral.value - value) <= integral.error);
  };
  // Values from mpmath 1.3.
  check([](double x) { return std::sin(1 / (x * x)); }, 0, 1, 0.2857364644);
  check([](double x) { return 1 / x - std::floor(1 / x); }, 0, 1, 0.42278433509846714);
  check([](double x) { return (2 + std::sin(x)) / (x * x); }, 1, infinity, 2.5040670619069284);
}

TEST_CASE("integrate: linear in f") {
  CHECK(rc::check([] {
    const double a = *rc::gen::inRange(-1000, 1000) / 64.0,
                 b = *rc::gen::inRange(-1000, 1000) / 64.0;
    const double w = *rc::gen::inRange(1, 64) / 4.0, from = *rc::gen::inRange(-32, 32) / 8.0,
                 to = *rc::gen::inRange(-32, 32) / 8.0;
    const Integral wave = integrate([&](double x) { return std::cos(w * x); }, from, to),
                   slope = integrate([](double x) { return std::exp(-x); }, from, to),
                   both = integrate(
                       [&](double x) { return a * std::cos(w * x) + b * std::exp(-x); }, from, to);
    RC_ASSERT(std::abs(both.value - a * wave.value - b * slope.value) <=
              both.error + std::abs(a) * wave.error + std::abs(b) * slope.error + 1e-14);
  }));
}

TEST_CASE("integrate: additive over neighbouring ranges, whatever f does between") {
  CHECK(rc::check([] {
    const double kink = *rc::gen::inRange(-100, 100) / 97.0,
                 cut = *rc::gen::inRange(-100, 100) / 89.0;
    const int kind = *rc::gen::inRange(0, 4);
    const auto f = [&](double x) {
      const double d = x - kink;
      switch (kind) {
        case 0: return std::abs(d);
        case 1: return std::floor(3 * d);
        case 2: return std::sqrt(std::abs(d));
        default: return 1 / (1e-4 + d * d);
      }
    };
    const Integral left = integrate(f, -2, cut), right = integrate(f, cut, 2),
                   whole = integrate(f, -2, 2);
    RC_ASSERT(whole.status == Status::converged);
    RC_ASSERT(std::abs(whole.value - left.value - right.value) <=
              whole.error + left.error + right.error + 1e-14 * std::abs(whole.value));
  }));
}

TEST_CASE("integrate: substitution x = exp(t) changes nothing") {
  CHECK(rc::check([] {
    const double p = *rc::gen::inRange(-30, 60) / 10.0, to = *rc::gen::inRange(1, 40) / 4.0;
    const auto f = [&](double x) { return std::pow(x, p) * std::exp(-x); };
    const Integral direct = integrate(f, 0.01, std::exp(to)),
                   mapped = integrate([&](double t) { return f(std::exp(t)) * std::exp(t); },
                                      std::log(0.01), to);
    RC_ASSERT(direct.status == Status::converged);
    RC_ASSERT(mapped.status == Status::converged);
    RC_ASSERT(std::abs(direct.value - mapped.value) <=
              direct.error + mapped.error + 1e-13 * std::abs(direct.value));
  }));
}

TEST_CASE("integrate: powers at an end are right to their bound for every exponent above -1") {
  CHECK(rc::check([] {
    const double p = *rc::gen::inRange(-985, 3000) / 1000.0;
    const Integral at_zero = integrate([&](double x) { return std::pow(x, p); }, 0, 1);
    RC_ASSERT(at_zero.status == Status::converged);
    RC_ASSERT(std::abs(at_zero.value - 1 / (1 + p)) <= at_zero.error + 1e-14 / (1 + p));
    const Integral at_one = integrate([&](double x) { return std::pow(1 - x, p); }, 0, 1);
    RC_ASSERT(at_one.status != Status::divergent);
    if (at_one.status == Status::converged)
      RC_ASSERT(std::abs(at_one.value - 1 / (1 + p)) <= at_one.error + 1e-14 / (1 + p));
  }));
}
