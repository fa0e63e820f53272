#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/calculus/iterated_integral.hpp"
#include "mathtool/math/calculus/mean_value.hpp"
#include "mathtool/math/calculus/principal_value.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;

namespace {

nlohmann::json reference(const std::filesystem::path& folder, const std::string& part) {
  return nlohmann::json::parse(std::ifstream(folder / "calculus" / "integrals.json"))[part];
}

/// A formula in x, or a limit without any variable.
double evaluated(const std::string& text, double x) {
  static const std::vector<std::string> names{"x"};
  return ScalarProgram<double>(parse_expression(text).expression, names)(std::vector<double>{x});
}

double number(const nlohmann::json& text) {
  return evaluated(text.get<std::string>(), std::numeric_limits<double>::quiet_NaN());
}

/// Right to its own error bound, and to 12 digits.
void check(const Integral& integral, double exact) {
  INFO("value " << integral.value << " error " << integral.error << ": " << integral.reason);
  CHECK(integral.status == Status::converged);
  CHECK(std::abs(integral.value - exact) <= integral.error);
  CHECK_NEAR(integral.value, exact, 1e-12 * std::abs(exact));
}

}  // namespace

TEST_CASE("integrate: the reference integrals, each to its own error bound", "[integrate]") {
  REQUIRE_REFERENCE_DATA(data);
  for (const auto& entry : reference(data, "one_dimensional")) {
    const std::string text = entry["integrand"];
    INFO(text << " from " << entry["a"] << " to " << entry["b"]);
    const ScalarProgram<double> f(parse_expression(text).expression, std::vector<std::string>{"x"});
    const auto at = [&](double x) { return f(std::span<const double>(&x, 1)); };
    check(integrate(at, number(entry["a"]), number(entry["b"])),
          std::stod(entry["value"].get<std::string>()));
  }
}

TEST_CASE("integrate: principal values of the reference", "[integrate]") {
  REQUIRE_REFERENCE_DATA(data);
  for (const auto& entry : reference(data, "principal_value")) {
    const std::string text = entry["integrand"];
    INFO(text);
    check(principal_value([&](double x) { return evaluated(text, x); }, number(entry["pole"]),
                          number(entry["a"]), number(entry["b"])),
          std::stod(entry["value"].get<std::string>()));
  }
}

TEST_CASE("integrate: what does not exist is divergent, with a reason", "[integrate]") {
  const auto verdict = [](auto f, double a, double b) {
    const Integral integral = integrate(f, a, b);
    CHECK(!integral.reason.empty());
    return integral.status;
  };
  CHECK(verdict([](double x) { return 1 / x; }, 0, 1) == Status::divergent);
  CHECK(verdict([](double x) { return 1 / x; }, 1, infinity) == Status::divergent);
  CHECK(verdict([](double x) { return 1 / (x * x); }, -1, 1) == Status::divergent);
  CHECK(verdict([](double x) { return 1 / (x - 0.3); }, 0, 1) != Status::converged);
  CHECK(verdict([](double x) { return std::tan(x); }, 0, 2) != Status::converged);
  CHECK(verdict([](double x) { return std::sin(x); }, 0, infinity) != Status::converged);
  CHECK(verdict([](double x) { return std::exp(x); }, 0, infinity) != Status::converged);
  CHECK(verdict([](double) { return 1.0; }, -infinity, infinity) == Status::divergent);
  CHECK(verdict([](double) { return std::nan(""); }, 0, 1) == Status::not_finite);
}

TEST_CASE("integrate: narrow peaks are found or not vouched for", "[integrate]") {
  for (const double width : {1e-2, 1e-3, 1e-4, 1e-5, 1e-7})
    for (const double center : {0.1, 1.0 / 3, 0.5, 0.7071}) {
      const auto peak = [&](double x) {
        const double t = (x - center) / width;
        return std::exp(-t * t);
      };
      const Integral integral = integrate(peak, 0, 1);
      const double exact = width * std::sqrt(std::acos(-1.0));
      INFO(width << " at " << center << ": " << integral.value << ", " << integral.reason);
      if (integral.status == Status::converged)
        CHECK(std::abs(integral.value - exact) <= integral.error);
    }
}

TEST_CASE("integrate: laws and awkward limits", "[integrate]") {
  const auto f = [](double x) { return std::exp(-x) * std::cos(3 * x); };
  check(integrate(f, 2, 0), -integrate(f, 0, 2).value);
  CHECK(integrate(f, 1, 1).value == 0);
  CHECK(integrate(f, 1, 1).status == Status::converged);
  CHECK_NEAR(integrate(f, 0, 1).value + integrate(f, 1, 2).value, integrate(f, 0, 2).value, 1e-15);
  check(integrate([](double x) { return std::abs(x - 1.0 / 3); }, 0, 1), 5.0 / 18);
  check(integrate([](double x) { return std::floor(x); }, 0, 3.5), 4.5);
  check(integrate([](double x) { return std::exp(-x * x); }, infinity, -infinity),
        -std::sqrt(std::acos(-1.0)));
  check(integrate([](double x) { return std::exp(-x); }, 0, 1e6), 1);
  CHECK_THROWS_AS(integrate(f, std::nan(""), 1), DomainError);
  CHECK_THROWS_AS(integrate([](double) -> double { throw std::out_of_range("f"); }, 0, 1),
                  std::out_of_range);
}

TEST_CASE("integrals in two and three dimensions, one within the other", "[integrate]") {
  const auto zero = [](auto...) { return 0.0; };
  const auto one = [](auto...) { return 1.0; };
  const Estimate triangle = iterated_integral([](double x, double y) { return x * y; }, 0, 1, zero,
                                              [](double x) { return x; });
  CHECK(triangle.status == Status::converged);
  CHECK_NEAR(triangle.value, 0.125, 1e-13);
  // A corner singularity: the mean of 1/|(x, y)| over the unit square is 2 asinh(1).
  const Estimate corner =
      iterated_integral([](double x, double y) { return 1 / std::hypot(x, y); }, 0, 1, zero, one);
  CHECK_NEAR(corner.value, 2 * std::asinh(1.0), 1e-9);
  const Estimate ball = iterated_integral(
      [](double, double, double) { return 1.0; }, -1, 1,
      [](double x) { return -std::sqrt(1 - x * x); }, [](double x) { return std::sqrt(1 - x * x); },
      [](double x, double y) { return -std::sqrt(std::max(0.0, 1 - x * x - y * y)); },
      [](double x, double y) { return std::sqrt(std::max(0.0, 1 - x * x - y * y)); });
  CHECK_NEAR(ball.value, 4 * std::acos(-1.0) / 3, 1e-9);
}

TEST_CASE("the mean value and where it is taken", "[integrate]") {
  const MeanValue mean = mean_value([](double x) { return x * x; }, 0, 1);
  CHECK_NEAR(mean.value, 1.0 / 3, 1e-15);
  REQUIRE(mean.attained.size() == 1);
  CHECK_NEAR(mean.attained[0].x, std::sqrt(1.0 / 3), 1e-12);
  CHECK_THROWS_AS(mean_value([](double x) { return x; }, 1, 1), DomainError);
}
