#include "mathtool/math/calculus/mean_value.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>

#include "check_estimate.hpp"
#include "mathtool/math/calculus/principal_value.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "real_function.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using std::numbers::pi;

TEST_CASE("mean value: of a square, attained once") {
  const MeanValue mean = mean_value([](double x) { return x * x; }, 0, 3);
  test::check_estimate(mean, 3.0);
  REQUIRE(mean.attained.size() == 1);
  CHECK_NEAR(mean.attained[0].x, std::sqrt(3.0), mean.attained[0].error);
  CHECK(mean.attained[0].error < 1e-13);
  test::check_estimate(mean_value([](double x) { return x * x; }, 3, 0), 3.0);
}

TEST_CASE("mean value: every place is found, in order") {
  const MeanValue mean = mean_value([](double x) { return std::sin(x) + 2; }, 0, 2 * pi + 3);
  REQUIRE(mean.attained.size() == 4);  // sin x = 0.214: near 0.22, 2.93, 6.50 and 9.21
  for (const AttainedAt& place : mean.attained)
    CHECK_NEAR(std::sin(place.x) + 2, mean.value, 1e-14 + place.error);
  CHECK(std::ranges::is_sorted(mean.attained, {}, &AttainedAt::x));
}

TEST_CASE("mean value: a jump over the mean does not attain it, a constant does everywhere") {
  const MeanValue jump = mean_value([](double x) { return std::floor(x); }, 0, 2);
  test::check_estimate(jump, 0.5);
  CHECK(jump.attained.empty());
  const MeanValue constant = mean_value([](double) { return 5.0; }, 0, 2);
  test::check_estimate(constant, 5.0);
  REQUIRE(constant.attained.size() == 1);
  CHECK(constant.attained[0].x == 1.0);
  CHECK(constant.attained[0].error == 1.0);
}

TEST_CASE("mean value: without an integral there is none") {
  CHECK(mean_value([](double x) { return 1 / x; }, 0, 1).status == Status::divergent);
  CHECK_THROWS_AS(mean_value([](double x) { return x; }, 1, 1), DomainError);
  CHECK_THROWS_AS(mean_value([](double x) { return x; }, 0, infinity), DomainError);
  CHECK_THROWS_AS(mean_value([](double x) { return x; }, 0, 1, {.search = 0}), DomainError);
}

TEST_CASE("principal value: the reference value") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "integrals.json"));
  for (const auto& entry : file.at("principal_value")) {
    const test::RealFunction f(entry.at("integrand").get<std::string>(), {"x"});
    const auto number = [&](const char* key) {
      return std::stod(entry.at(key).get<std::string>());
    };
    test::check_estimate(
        principal_value([&](double x) { return f({x}); }, number("pole"), number("a"), number("b")),
        number("value"));
  }
}

TEST_CASE("principal value: poles anywhere, also where no double is") {
  test::check_estimate(principal_value([](double x) { return 1 / (x - 0.3); }, 0.3, 0, 1),
                       std::log(0.7 / 0.3));
  test::check_estimate(principal_value([](double x) { return 1 / (x - 0.3); }, 0.3, 1, 0),
                       -std::log(0.7 / 0.3));
  // e (Ei(2) − Ei(−1)), mpmath 1.3
  test::check_estimate(principal_value([](double x) { return std::exp(x) / (x - 1); }, 1, 0, 3),
                       14.0633525861706189);
  test::check_estimate(
      principal_value([](double x) { return 1 / ((x - 2) * (x * x + 1)); }, 2, -infinity, infinity),
      -2 * pi / 5);
  test::check_estimate(principal_value([](double x) { return std::tan(x); }, pi / 2, 0, 2),
                       -std::log(-std::cos(2.0)));
}

TEST_CASE("principal value: a double pole does not cancel, a pole outside is refused") {
  const auto square = [](double x) { return 1 / ((x - 0.3) * (x - 0.3)); };
  CHECK(principal_value(square, 0.3, 0, 1).status == Status::divergent);
  CHECK_THROWS_AS(principal_value(square, 2, 0, 1), DomainError);
  CHECK_THROWS_AS(principal_value(square, 0, 0, 1), DomainError);
}
