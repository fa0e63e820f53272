#include "mathtool/math/calculus/cubature.hpp"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>
#include <vector>

#include "mathtool/math/calculus/iterated_integral.hpp"
#include "mathtool/math/calculus/monte_carlo.hpp"
#include "mathtool/math/calculus/quasi_monte_carlo.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using std::numbers::pi;

namespace {

using Point = std::span<const double>;

void check_estimate(const Estimate& estimate, double expected) {
  INFO("integral " << estimate.value << " ± " << estimate.error << ", expected " << expected << ", "
                   << to_string(estimate.status) << ": " << estimate.reason);
  CHECK(estimate.status == Status::converged);
  CHECK(std::abs(estimate.value - expected) <= estimate.error + test::ulps(2, expected));
}

double zero(double) { return 0.0; }
double one(double) { return 1.0; }
double zero2(double, double) { return 0.0; }
double one2(double, double) { return 1.0; }

double sum_of(Point x) {
  double sum = 0.0;
  for (double coordinate : x) sum += coordinate;
  return sum;
}

}  // namespace

// The values of Genz's families are products of elementary functions, exp and erf; 25 digits with
// mpmath.

TEST_CASE("cubature: Genz's test functions on the unit cube") {
  const std::vector<double> low(5, 0.0), high(5, 1.0);
  const std::span<const double> a(low), b(high);
  check_estimate(cubature([](Point x) { return std::cos(pi / 2 + 3 * x[0] + 5 * x[1]); },
                          a.first(2), b.first(2)),
                 0.1204775008817768683067022);
  check_estimate(cubature(
                     [](Point x) {
                       return 1 / (0.04 + std::pow(x[0] - 0.3, 2)) /
                              (1 / 64.0 + std::pow(x[1] - 0.6, 2));
                     },
                     a.first(2), b.first(2)),
                 239.6620156509890642047143);
  check_estimate(
      cubature([](Point x) { return std::pow(1 + 1.5 * x[0] + 2.5 * x[1] + 0.5 * x[2], -4); },
               a.first(3), b.first(3)),
      0.02214526214526214526214526);
  check_estimate(
      cubature(
          [](Point x) {
            return std::exp(-(16 * std::pow(x[0] - 0.5, 2) + 36 * std::pow(x[1] - 0.3, 2) +
                              9 * std::pow(x[2] - 0.7, 2)));
          },
          a.first(3), b.first(3)),
      0.06866821724075022477014205);
  check_estimate(
      cubature(
          [](Point x) { return std::exp(-(2 * std::abs(x[0] - 0.4) + 3 * std::abs(x[1] - 0.7))); },
          a.first(2), b.first(2)),
      0.3063246352862257290939559);
  check_estimate(
      cubature([](Point x) { return x[0] > 0.55 || x[1] > 0.8 ? 0 : std::exp(x[0] + 2 * x[1]); },
               a.first(2), b.first(2)),
      1.449286477457691912881892);
  check_estimate(cubature(
                     [](Point x) {
                       return std::exp(-(4 * std::pow(x[0] - 0.5, 2) + 9 * std::pow(x[1] - 0.4, 2) +
                                         16 * std::pow(x[2] - 0.6, 2) + std::pow(x[3] - 0.1, 2) +
                                         4 * std::pow(x[4] - 0.9, 2)));
                     },
                     a, b),
                 0.07937543791260853174988221);
}

TEST_CASE("cubature: polynomials in ten dimensions and an infinite plane") {
  const std::vector<double> low(10, 0.0), high(10, 1.0);
  check_estimate(cubature([](Point x) { return std::pow(sum_of(x), 2); }, low, high),
                 25 + 10 / 12.0);
  const std::vector<double> nowhere(2, -infinity), anywhere(2, infinity);
  check_estimate(
      cubature([](Point x) { return std::exp(-x[0] * x[0] - x[1] * x[1]); }, nowhere, anywhere),
      pi);
  const std::vector<double> half{0.0, -infinity}, other{infinity, 0.0};
  check_estimate(cubature([](Point x) { return std::exp(x[1] - x[0]); }, half, other), 1.0);
}

TEST_CASE("cubature: reversed sides change the sign, an empty side gives 0") {
  const std::vector<double> low{0, 1}, high{1, 0}, flat{1, 1};
  check_estimate(cubature([](Point x) { return x[0] * x[1]; }, low, high), -0.25);
  CHECK(cubature([](Point x) { return x[0] * x[1]; }, low, flat).value == 0.0);
}

TEST_CASE("cubature: a peak between the nodes is noticed by the evenly spread points") {
  const std::vector<double> low(2, 0.0), high(2, 1.0);
  const auto bell = [](Point x) {
    return std::exp(-1e4 * (std::pow(x[0] - 0.37, 2) + std::pow(x[1] - 0.61, 2)));
  };
  const Estimate alone = cubature(bell, low, high);
  if (alone.status == Status::converged) check_estimate(alone, pi * 1e-4);
  CHECK(cubature([&](Point x) { return 1 + bell(x); }, low, high).status == Status::suspicious);
  CHECK(cubature([](Point) { return 0.0; }, low, high).status == Status::suspicious);
}

TEST_CASE("cubature: what cannot be reached is said") {
  const std::vector<double> low(2, 0.0), high(2, 1.0);
  const auto pole = [](Point x) { return 1 / (x[0] * x[0] + x[1] * x[1]); };
  CHECK(cubature(pole, low, high, {.max_evaluations = 100'000}).status != Status::converged);
  const auto hole = [](Point x) { return std::sqrt(x[0] - 0.5); };
  CHECK(cubature(hole, low, high).status == Status::not_finite);
}

TEST_CASE("cubature: broken preconditions are named") {
  const auto f = [](Point) { return 1.0; };
  const std::vector<double> two(2, 0.0), three(3, 1.0), many(13, 1.0), odd{0.0, NAN};
  CHECK_THROWS_AS(cubature(f, two, three), DimensionError);
  CHECK_THROWS_AS(cubature(f, many, many), DimensionError);
  CHECK_THROWS_AS(cubature(f, std::span<const double>(), std::span<const double>()),
                  DimensionError);
  CHECK_THROWS_AS(cubature(f, two, odd), DomainError);
  CHECK_THROWS_AS(monte_carlo(f, two, odd), DomainError);
  const std::vector<double> infinite(2, infinity);
  CHECK_THROWS_AS(monte_carlo(f, two, infinite), DomainError);
  CHECK_THROWS_AS(quasi_monte_carlo(f, two, two, {.shifts = 3}), DomainError);
  CHECK_THROWS_AS(monte_carlo(f, two, two, {.confidence = 1}), DomainError);
}

TEST_CASE("iterated integral: regions with curved edges, jumps and singular edges") {
  check_estimate(iterated_integral([](double x, double y) { return x * y * y; }, 0, 1, zero,
                                   [](double x) { return x; }),
                 1 / 15.0);
  check_estimate(iterated_integral([](double x, double y) { return std::exp(-x * x - y * y); }, -1,
                                   1, [](double x) { return -std::sqrt(1 - x * x); },
                                   [](double x) { return std::sqrt(1 - x * x); }),
                 pi * (1 - std::exp(-1.0)));
  check_estimate(
      iterated_integral(
          [](double x, double y) { return x > 0.55 || y > 0.8 ? 0 : std::exp(x + 2 * y); }, 0, 1,
          zero, one),
      1.449286477457691912881892);
  check_estimate(
      iterated_integral([](double x, double y) { return 1 / std::sqrt(x * y); }, 0, 1, zero, one),
      4.0);
  check_estimate(iterated_integral([](double x, double y) { return std::exp(-x * x - y * y); },
                                   -infinity, infinity, [](double) { return -infinity; },
                                   [](double) { return infinity; }),
                 pi);
}

TEST_CASE("iterated integral: three dimensions") {
  check_estimate(
      iterated_integral([](double x, double y,
                           double z) { return std::pow(1 + 1.5 * x + 2.5 * y + 0.5 * z, -4); },
                        0, 1, zero, one, zero2, one2),
      0.02214526214526214526214526);
  // The simplex: ∫ xyz = 1/720
  check_estimate(iterated_integral([](double x, double y, double z) { return x * y * z; }, 0, 1,
                                   zero, [](double x) { return 1 - x; }, zero2,
                                   [](double x, double y) { return 1 - x - y; }),
                 1 / 720.0);
}

TEST_CASE("iterated integral: a divergent line and a small budget end it") {
  const auto pole = [](double x, double y) { return 1 / (y - x); };
  CHECK(iterated_integral(pole, 0, 1, zero, one).status == Status::divergent);
  const auto smooth = [](double x, double y) { return std::exp(x * y); };
  CHECK(iterated_integral(smooth, 0, 1, zero, one, {.max_evaluations = 500}).status ==
        Status::out_of_budget);
  // ∫∫ 1/(1 − xy) = π²/6, singular in the corner where doubles are coarse
  const Estimate corner =
      iterated_integral([](double x, double y) { return 1 / (1 - x * y); }, 0, 1, zero, one);
  CHECK(std::abs(corner.value - pi * pi / 6) <= corner.error);
}

TEST_CASE("monte carlo: intervals cover the truth about as often as they say") {
  const std::vector<double> low(3, 0.0), high(3, 1.0);
  const auto f = [](Point x) { return std::exp(-sum_of(x)); };
  const double exact = std::pow(1 - std::exp(-1.0), 3);
  int covered = 0, even = 0;
  constexpr int runs = 400;
  for (int seed = 0; seed < runs; ++seed) {
    const auto random = static_cast<std::uint64_t>(seed);
    const SampledIntegral plain = monte_carlo(f, low, high, {.samples = 1000, .seed = random});
    CHECK(plain.status == Status::converged);
    covered += plain.low <= exact && exact <= plain.high;
    const SampledIntegral quasi =
        quasi_monte_carlo(f, low, high, {.samples = 1024, .shifts = 8, .seed = random});
    even += quasi.low <= exact && exact <= quasi.high;
    CHECK(quasi.error < plain.error);
  }
  // 0.95 · 400 = 380 with a standard deviation of 4.4
  CHECK(std::abs(covered - 380) <= 26);
  CHECK(std::abs(even - 380) <= 26);
}

TEST_CASE("monte carlo: the same bits for any number of threads") {
  const std::vector<double> low{0, -1}, high{2, 3};
  const auto f = [](Point x) { return std::sin(x[0]) * std::exp(x[1]); };
  const SampledIntegral alone =
                            monte_carlo(f, low, high, {.samples = 50'000, .run = {.threads = 1}}),
                        alone_quasi = quasi_monte_carlo(
                            f, low, high, {.samples = 100'000, .run = {.threads = 1}});
  for (const int threads : {2, 3, 8}) {
    const SampledIntegral plain =
        monte_carlo(f, low, high, {.samples = 50'000, .run = {.threads = threads}});
    CHECK(plain.value == alone.value);
    CHECK(plain.error == alone.error);
    const SampledIntegral quasi =
        quasi_monte_carlo(f, low, high, {.samples = 100'000, .run = {.threads = threads}});
    CHECK(quasi.value == alone_quasi.value);
    CHECK(quasi.error == alone_quasi.error);
  }
  const double exact = (1 - std::cos(2.0)) * (std::exp(3.0) - std::exp(-1.0));
  CHECK_NEAR(alone.value, exact, test::monte_carlo(6, alone.standard_error));
  CHECK_NEAR(alone_quasi.value, exact, test::monte_carlo(8, alone_quasi.standard_error));
}

TEST_CASE("monte carlo: samples that say little about the spread are suspicious") {
  const std::vector<double> low(1, 0.0), high(1, 1.0);
  CHECK(monte_carlo([](Point) { return 3.0; }, low, high).status == Status::suspicious);
  CHECK(monte_carlo([](Point x) { return std::pow(x[0], -0.9); }, low, high).status ==
        Status::suspicious);
  CHECK(monte_carlo([](Point) { return double(NAN); }, low, high).status == Status::not_finite);
}

TEST_CASE("quasi monte carlo: the error falls faster than with random points") {
  const std::vector<double> low(2, 0.0), high(2, 1.0);
  const auto f = [](Point x) { return std::exp(x[0] * x[1]); };
  // Σ 1/(k! (k+1)²)
  const double exact = 1.3179021514544038948600088;
  const SampledIntegral few = quasi_monte_carlo(f, low, high, {.samples = 1 << 12}),
                        many = quasi_monte_carlo(f, low, high, {.samples = 1 << 18});
  CHECK_NEAR(many.value, exact, test::monte_carlo(8, many.standard_error));
  CHECK(many.error < few.error / 16);  // 8 for random points
}

TEST_CASE("cubature: a singular diagonal") {
  const double low[] = {0, 0}, high[] = {1, 1};
  const auto f = [](double x, double y) { return 1 / std::sqrt(std::abs(x - y)); };
  const auto at = [&](std::span<const double> x) { return f(x[0], x[1]); };
  const Estimate box = cubature(at, low, high, {.max_evaluations = 10'000});
  CHECK(box.status != Status::converged);
  CHECK(std::isnan(box.value));
}

TEST_CASE("cubature: a small box on a background, in three dimensions") {
  const double low[] = {0, 0, 0}, high[] = {1, 1, 1};
  const auto f = [](std::span<const double> x) {
    const bool inside =
        std::abs(x[0] - 0.512) < 0.01 && std::abs(x[1] - 0.3) < 0.01 && std::abs(x[2] - 0.7) < 0.01;
    return inside ? 1e6 : 1.0;
  };
  CHECK(cubature(f, low, high).status != Status::converged);
}
