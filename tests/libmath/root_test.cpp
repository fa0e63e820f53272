#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

#include "mathtool/math/calculus/find_root.hpp"
#include "mathtool/math/calculus/newton_root.hpp"
#include "mathtool/math/error.hpp"
#include "real_function.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;

namespace {

/// A converged root, where it should be by its own error bound.
void check_root(const Root& root, double expected) {
  INFO("root " << root.value << " ± " << root.error << ", expected " << expected << ", "
               << root.reason);
  CHECK(root.status == Status::converged);
  CHECK(root.reason.empty());
  CHECK(std::abs(root.value - expected) <= root.error + test::ulps(1, expected));
}

double cubed(double x) { return x * x * x; }

}  // namespace

TEST_CASE("find_root: the reference roots lie within their error bounds, to 12 digits") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "roots.json"));
  for (const auto& entry : file.at("scalar")) {
    const auto text = entry.at("f").get<std::string>();
    INFO(text);
    const test::RealFunction f(text, {"x"});
    const double a = entry.at("bracket")[0], b = entry.at("bracket")[1];
    const double expected = std::stod(entry.at("root").get<std::string>());
    const Root root = find_root([&](double x) { return f({x}); }, a, b);
    check_root(root, expected);
    CHECK(root.error <= 1e-12 * std::max(std::abs(expected), 1e-3));
    check_root(
        newton_root([&](double x) { return f({x}); }, expected + 0.01, {.lower = a, .upper = b}),
        expected);
  }
}

TEST_CASE("find_root: ends may come in any order, and an end may be the root") {
  check_root(find_root([](double x) { return x - 3; }, 5, 1), 3.0);
  check_root(find_root([](double x) { return x - 3; }, 3, 5), 3.0);
  check_root(find_root([](double x) { return x - 3; }, -5, 3), 3.0);
}

TEST_CASE("find_root: rounding that hides the root is in the error, not in the status") {
  const Root expanded = find_root([](double x) { return ((x - 3) * x + 3) * x - 1; }, 0, 3);
  CHECK(expanded.status == Status::stalled);
  CHECK(std::abs(expanded.value - 1) <= expanded.error);
  CHECK(expanded.error < 1e-3);

  // exp(x) − 1 − x − x²/2 is about x³/6; between roundings it is a line with a clean zero.
  const Root quantised = find_root([](double x) { return std::exp(x) - 1 - x - x * x / 2; }, -1, 2);
  CHECK(quantised.status == Status::stalled);
  CHECK(std::abs(quantised.value) <= quantised.error);

  check_root(find_root([](double x) { return cubed(x - 1); }, 0, 3), 1.0);
}

TEST_CASE("find_root: a change of sign without a root is none") {
  const Root pole = find_root([](double x) { return 1 / (x - 0.3); }, -1, 2);
  CHECK(pole.status == Status::suspicious);
  CHECK_THAT(pole.reason, ContainsSubstring("by a pole"));
  CHECK_THAT(find_root([](double x) { return std::tan(x); }, 1, 2).reason,
             ContainsSubstring("by a pole"));
  const Root jump = find_root([](double x) { return x < 0.3 ? x - 2 : x + 2; }, -1, 2);
  CHECK(jump.status == Status::suspicious);
  CHECK_THAT(jump.reason, ContainsSubstring("by a jump of 4"));
}

TEST_CASE("find_root: what cannot be done is said") {
  const Root same = find_root([](double x) { return x * x + 1; }, -1, 2);
  CHECK(same.status == Status::stalled);
  CHECK(same.reason == "f(-1) = 2 and f(2) = 5 have the same sign: no bracket");
  const Root undefined = find_root([](double x) { return x < 0 ? -1.0 : std::sqrt(x - 1); }, -1, 2);
  CHECK(undefined.status == Status::not_finite);
  const Root budget =
      find_root([](double x) { return cubed(x - 0.1234567); }, -9, 10, {.max_evaluations = 20});
  CHECK(budget.status == Status::out_of_budget);
  CHECK(std::abs(budget.value - 0.1234567) <= budget.error);
  CHECK_THROWS_AS(find_root(cubed, 1, 1), DomainError);
  CHECK_THROWS_AS(find_root(cubed, 0, std::numeric_limits<double>::infinity()), DomainError);
  CHECK_THROWS_AS(find_root(cubed, 0, 1, {.rel_tol = -1}), DomainError);
  const std::atomic<bool> stop = true;
  CHECK_THROWS_AS(find_root(cubed, -1, 1, {.stop = StopToken(stop)}), Stopped);
}

TEST_CASE("find_root: a hole in the domain at a single double does no harm") {
  const Root root = find_root([](double x) { return std::sin(x) * std::sin(x) / x; }, -1, 2);
  INFO(root.reason);
  CHECK(root.status == Status::converged);
  CHECK(std::abs(root.value) <= 1e-12);
}

TEST_CASE("newton_root: starts from which plain Newton diverges or cycles") {
  const auto atan = [](double x) { return std::atan(x); };
  check_root(newton_root(atan, 10, {.derivative = [](double x) { return 1 / (1 + x * x); }}), 0);
  check_root(newton_root(atan, 10), 0);
  const auto cycle = [](double x) { return x * x * x - 2 * x + 2; };
  // The real root by Cardano: −(cbrt(1 + sqrt(19/27)) + cbrt(1 − sqrt(19/27))).
  check_root(newton_root(cycle, 0, {.derivative = [](double x) { return 3 * x * x - 2; }}),
             -1.76929235423863141524);
  check_root(newton_root([](double x) { return std::cbrt(x); }, 1), 0);
  check_root(newton_root([](double x) { return std::log(x); }, 10), 1);
}

TEST_CASE("newton_root: a double root is found as far as rounding shows it") {
  const auto square = [](double x) { return (x * x - 2) * (x * x - 2); };
  check_root(newton_root(square, 3), std::numbers::sqrt2);
  const Root expanded = newton_root([](double x) { return (x * x - 4) * x * x + 4; }, 3);
  CHECK(expanded.status == Status::suspicious);
  CHECK(std::abs(expanded.value - std::numbers::sqrt2) <= expanded.error);
}

TEST_CASE("newton_root: what has no root is never converged") {
  for (const double lift : {1.0, 1e-6, 1e-14}) {
    INFO("x² + " << lift);
    const Root root = newton_root([&](double x) { return x * x + lift; }, 3);
    CHECK(root.status == Status::stalled);
  }
  CHECK(newton_root([](double x) { return std::exp(x); }, 3).status == Status::stalled);
  CHECK(newton_root([](double x) { return 1 / x; }, 0.2).status == Status::stalled);
  CHECK(newton_root([](double x) { return std::log(x); }, -1).status == Status::not_finite);
  CHECK_THROWS_AS(newton_root(cubed, 3, {.upper = 2}), DomainError);
}
