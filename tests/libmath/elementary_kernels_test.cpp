#include "mathtool/math/elementary_kernels.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/elementary_kernels_float.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
namespace kernels = math::kernels;

namespace {

/// The largest error of `kernel` in units in the last place of `exact`, at numbers from low to
/// high.
template <class T = double, class Kernel, class Exact>
double worst_ulps(const Kernel& kernel, const Exact& exact, double low, double high) {
  math::Philox random(3);
  double worst = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto x = static_cast<T>(low + (high - low) * math::uniform(random));
    const long double expected = exact(static_cast<long double>(x));
    const auto rounded = static_cast<T>(std::abs(expected));
    const auto ulp =
        static_cast<double>(std::nextafter(rounded, std::numeric_limits<T>::infinity()) - rounded);
    worst = std::max(worst, static_cast<double>(std::abs(kernel(x) - expected)) / ulp);
  }
  return worst;
}

}  // namespace

TEST_CASE("elementary kernels: within their ulps of 64-bit arithmetic", "[math]") {
  const auto exp = [](double x) { return kernels::exp(x); };
  const auto exact_exp = [](long double x) { return std::exp(x); };
  CHECK(worst_ulps(exp, exact_exp, -700, 700) < 1);
  CHECK(worst_ulps(exp, exact_exp, -1, 1) < 1);
  const auto expm1 = [](double x) { return kernels::expm1_of_negative(x); };
  const auto exact_expm1 = [](long double x) { return std::expm1(x); };
  CHECK(worst_ulps(expm1, exact_expm1, -40, 0) < 1.2);
  CHECK(worst_ulps(expm1, exact_expm1, -1e-3, 0) < 1.2);
  const auto log = [](double x) { return kernels::log(x); };
  const auto exact_log = [](long double x) { return std::log(x); };
  CHECK(worst_ulps(log, exact_log, 0.5, 2) < 1);
  CHECK(worst_ulps(log, exact_log, 0, 1e300) < 1);
  CHECK(worst_ulps(log, exact_log, 0, 1e-300) < 1);
  const auto log1p = [](double x) { return kernels::log1p(x); };
  const auto exact_log1p = [](long double x) { return std::log1p(x); };
  CHECK(worst_ulps(log1p, exact_log1p, -0.999, 3) < 1.5);
  CHECK(worst_ulps(log1p, exact_log1p, -1e-3, 1e-3) < 1.5);
}

TEST_CASE("elementary kernels: ends of the range", "[math]") {
  CHECK(kernels::exp(-infinity) == 0);
  CHECK(kernels::exp(infinity) == infinity);
  CHECK(kernels::exp(0.0) == 1);
  CHECK(kernels::exp(-745.0) == 0x1p-1074);
  CHECK(kernels::exp(709.7) == std::exp(709.7));
  CHECK_NEAR(kernels::exp(1.0, 1e-9), std::exp(1 + 1e-9), 1e-15);
  CHECK(kernels::expm1_of_negative(0.0) == 0);
  CHECK(kernels::expm1_of_negative(-infinity) == -1);
  CHECK(kernels::expm1_of_negative(-1e-300) == -1e-300);
  CHECK(kernels::log(0) == -infinity);
  CHECK(kernels::log(1) == 0);
  CHECK(kernels::log(infinity) == infinity);
  CHECK(kernels::log(0x1p-1074) == std::log(0x1p-1074));
  CHECK(std::isnan(kernels::log(-1)));
  CHECK(std::isnan(kernels::log(not_a_number)));
  CHECK(kernels::log1p(-1) == -infinity);
  CHECK(kernels::log1p(1e-300) == 1e-300);
  CHECK(kernels::log1p(infinity) == infinity);
  CHECK(std::isnan(kernels::log1p(not_a_number)));
}

TEST_CASE("elementary kernels: floats, within their ulps and at the ends", "[math]") {
  const auto exp = [](float x) { return kernels::exp(x); };
  const auto exact_exp = [](long double x) { return std::exp(x); };
  CHECK(worst_ulps<float>(exp, exact_exp, -87, 88) < 1.1);
  CHECK(worst_ulps<float>(exp, exact_exp, -1, 1) < 1.1);
  CHECK(worst_ulps<float>(exp, exact_exp, -103, -87) < 1.1);
  const auto expm1 = [](float x) { return kernels::expm1_of_negative(x); };
  const auto exact_expm1 = [](long double x) { return std::expm1(x); };
  CHECK(worst_ulps<float>(expm1, exact_expm1, -20, 0) < 1.5);
  CHECK(worst_ulps<float>(expm1, exact_expm1, -1e-3, 0) < 1.2);
  constexpr float infinite = std::numeric_limits<float>::infinity();
  CHECK(kernels::exp(-infinite) == 0);
  CHECK(kernels::exp(infinite) == infinite);
  CHECK(kernels::exp(0.0F) == 1);
  CHECK(kernels::exp(89.0F) == infinite);
  CHECK(kernels::exp(-103.2F) == 0x1p-149F);
  CHECK(std::isnan(kernels::exp(std::nanf(""))));
  CHECK(kernels::exp(1.0F, 1e-7F) == static_cast<float>(std::exp(1 + 1e-7)));
  CHECK(kernels::expm1_of_negative(0.0F) == 0);
  CHECK(kernels::expm1_of_negative(-infinite) == -1);
  CHECK(kernels::expm1_of_negative(-1e-30F) == -1e-30F);
  CHECK(std::isnan(kernels::expm1_of_negative(std::nanf(""))));
}
