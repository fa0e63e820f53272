#include "mathtool/math/calculus/derivative.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "formula.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

TEST_CASE("derivative: the reference table", "[derivative]") {
  REQUIRE_REFERENCE_DATA(folder);
  std::ifstream file(folder / "calculus" / "derivatives.json");
  const auto cases = nlohmann::json::parse(file)["univariate"];
  REQUIRE(cases.size() >= 40);
  int converged = 0;
  for (const auto& entry : cases) {
    const auto text = entry["f"].get<std::string>();
    const double x = static_cast<double>(formula<FiftyDigits>(entry["x"].get<std::string>()));
    const double exact = std::stod(entry["value"].get<std::string>());
    const int order = entry["order"].get<int>();
    const auto f = [&](double at) { return formula<double>(text, at); };
    const Estimate found = numerical_derivative(f, x, {.order = order});
    INFO(text << " at " << x << ", order " << order << ": " << found.value << " +- " << found.error
              << ", error " << std::abs(found.value - exact) << ", " << found.reason);
    CHECK(std::abs(found.value - exact) <= found.error);
    if (order == 1) CHECK(std::abs(found.value - exact) <= 1e-9 * std::abs(exact));
    converged += found.status == Status::converged;
  }
  CHECK(converged >= 30);
}

TEST_CASE("derivative: one-sided at the border of a domain", "[derivative]") {
  const auto f = [](double x) { return std::pow(x, 2.5); };
  const Estimate none = numerical_derivative(f, 0.0);
  CHECK(none.status != Status::converged);
  const auto g = [](double x) { return std::exp(x) * (x < 0 ? std::nan("") : 1); };
  const Estimate right = numerical_derivative(g, 0.0, {.side = Side::right});
  CHECK_NEAR(right.value, 1.0, right.error);
  CHECK(right.error <= 1e-8);
  const auto mirrored = [&](double x) { return g(-x); };
  const Estimate left = numerical_derivative(mirrored, 0.0, {.side = Side::left});
  CHECK_NEAR(left.value, -1.0, left.error);
}

TEST_CASE("derivative: a kink and a jump are not smoothed over", "[derivative]") {
  CHECK(numerical_derivative([](double x) { return std::abs(x); }, 0.0).status !=
        Status::converged);
  CHECK(numerical_derivative([](double x) { return std::abs(x - 1); }, 1.0).status !=
        Status::converged);
  CHECK(numerical_derivative([](double x) { return std::floor(x); }, 2.0).status !=
        Status::converged);
  CHECK(numerical_derivative([](double x) { return x * std::abs(x); }, 0.0, {.order = 2}).status !=
        Status::converged);
  CHECK(numerical_derivative([](double x) { return std::cbrt(x); }, 0.0).status !=
        Status::converged);
}

TEST_CASE("derivative: any scale of x", "[derivative]") {
  for (const double scale : {1e-12, 1e-6, 1e6, 1e12}) {
    const auto f = [=](double x) { return std::sin(x / scale); };
    const Estimate found = numerical_derivative(f, scale);
    INFO(scale << ": " << found.value * scale << " +- " << found.error * scale);
    CHECK_NEAR(found.value, std::cos(1.0) / scale, found.error);
    CHECK(found.error <= 1e-7 / scale);
  }
}

TEST_CASE("derivative: one that is 0 is known to be", "[derivative]") {
  for (const double power : {1.5, 2.0, 3.0, 7.0}) {
    const Estimate found =
        numerical_derivative([=](double x) { return std::pow(std::abs(x), power); }, 0.0);
    INFO(power << ": " << found.value << " +- " << found.error);
    CHECK_NEAR(found.value, 0.0, found.error);
    CHECK(found.status == Status::converged);
  }
}

TEST_CASE("derivative: next to a singularity and on the scale of the smallest numbers",
          "[derivative]") {
  for (const double x : {1e-200, 1e-12, 1e150}) {
    const Estimate found = numerical_derivative([](double at) { return std::log(at); }, x);
    INFO(x << ": " << found.value << " +- " << found.error);
    CHECK_NEAR(found.value, 1 / x, found.error);
    CHECK(found.status == Status::converged);
  }
  const Estimate steep = numerical_derivative([](double x) { return std::tanh(1e6 * x); }, 0.0);
  CHECK_NEAR(steep.value, 1e6, steep.error);
  CHECK(steep.status == Status::converged);
}

TEST_CASE("derivative: noise in the function is measured and told", "[derivative]") {
  const auto noisy = [](double x) { return std::sin(x) + 1e-7 * std::sin(1e12 * x); };
  const Estimate found = numerical_derivative(noisy, 1.0);
  INFO(found.value << " +- " << found.error);
  CHECK(found.status != Status::converged);
}

TEST_CASE("derivative: a constant has derivative 0, exactly known", "[derivative]") {
  for (const int order : {1, 2, 4}) {
    const Estimate found = numerical_derivative([](double) { return 3.0; }, 1.0, {.order = order});
    CHECK_NEAR(found.value, 0.0, found.error);
    CHECK(found.error <= 1e-9);
  }
}

TEST_CASE("derivative: the complex step loses no digit", "[derivative]") {
  const auto f = [](const auto& x) { return exp(x) / (pow(cos(x), 3) + pow(sin(x), 3)); };
  // Squire & Trapp's example; the value from 25-digit arithmetic.
  CHECK_NEAR(complex_step_derivative(f, 1.5), 3.622033700716326042597771, ulps(8, 3.6));
  const auto g = [](const auto& x) { return sqrt(x); };
  CHECK_NEAR(complex_step_derivative(g, 1e-8), 5000.0, ulps(4, 5000.0));
  CHECK_NEAR(complex_step_derivative([](const auto& x) { return x * x; }, 0.0), 0.0, 0.0);
}

TEST_CASE("derivative: nonsense is refused, missing values are told", "[derivative]") {
  const auto f = [](double x) { return std::log(x); };
  CHECK_THROWS_AS(numerical_derivative(f, std::nan("")), DomainError);
  CHECK_THROWS_AS(numerical_derivative(f, 1.0, {.order = 0}), DomainError);
  CHECK_THROWS_AS(numerical_derivative(f, 1.0, {.order = 9}), DomainError);
  CHECK_THROWS_AS(numerical_derivative(f, 1.0, {.step = -1}), DomainError);
  const Estimate none = numerical_derivative(f, -1.0);
  CHECK(none.status == Status::not_finite);
  CHECK(!none.reason.empty());
}
