#include "mathtool/math/compensated_sum.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "support/tolerance.hpp"

using namespace mathtool;
using math::DoubleDouble;

TEST_CASE("compensated sum: terms that cancel leave what plain addition loses", "[math]") {
  CHECK(math::compensated_sum(std::vector{1.0, 1e100, 1.0, -1e100}) == 2.0);  // Neumaier's example
  std::vector<double> tenths(1000, 0.1);
  // A thousand times the double nearest to 0.1, which exceeds 0.1 by 5.55e-18, rounds to 100.
  CHECK(math::compensated_sum(tenths) == 100.0);
}

TEST_CASE("compensated sum: adding two sums equals adding all terms", "[math]") {
  math::CompensatedSum left, right, whole;
  for (double x : {1e16, 1.0, 1.0}) left += x, whole += x;
  for (double x : {-1e16, 1.0}) right += x, whole += x;
  left += right;
  CHECK(left.value() == 3.0);
  CHECK(whole.value() == 3.0);
}

TEST_CASE("compensated sum: infinity and NaN come through as in plain addition", "[math]") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(math::compensated_sum(std::vector{1.0, infinity}) == infinity);
  CHECK(std::isnan(math::compensated_sum(std::vector{infinity, -infinity})));
  CHECK(math::compensated_sum(std::vector<double>{}) == 0.0);
}

TEST_CASE("double-double: products and sums are exact", "[math]") {
  const double x = 1 + 0x1p-30, y = 1 - 0x1p-30;
  const DoubleDouble product = math::two_product(x, y);  // 1 − 2⁻⁶⁰
  CHECK(product.high == 1.0);
  CHECK(product.low == -0x1p-60);
  const DoubleDouble sum = math::two_sum(1.0, 0x1p-80);
  CHECK(sum.high == 1.0);
  CHECK(sum.low == 0x1p-80);
}

TEST_CASE("double-double: a third times three is one to thirty digits", "[math]") {
  const DoubleDouble third = DoubleDouble{1.0, 0.0} / 3.0;
  const DoubleDouble rest = third * 3.0 - DoubleDouble{1.0, 0.0};
  CHECK_NEAR(rest.high + rest.low, 0.0, 1e-31);
  CHECK(third.low != 0.0);
}
