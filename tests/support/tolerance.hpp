#pragma once

#include <cmath>
#include <limits>

#include "mathtool/math/types.hpp"
#include "support/catch.hpp"

namespace mathtool::test {

/// Tolerances with a name for their reason. Each is the largest |computed − expected| allowed.

/// n units in the last place of `expected`: what n roundings can do.
inline double ulps(double n, double expected) {
  return n * std::numeric_limits<double>::epsilon() * std::abs(expected);
}

/// A relative error, for figures that a source prints with so many digits.
inline double relative(double error, double expected) { return error * std::abs(expected); }

/// k standard errors of a simulated mean: with 6, a right program fails one seed in 5e8.
inline double monte_carlo(double k, double standard_error) { return k * standard_error; }

inline double largest_difference(const Mat& a, const Mat& b) {
  REQUIRE(a.rows() == b.rows());
  REQUIRE(a.cols() == b.cols());
  return a.size() == 0 ? 0.0 : (a - b).cwiseAbs().maxCoeff();
}

}  // namespace mathtool::test

/// Passes when |computed − expected| ≤ tolerance; shows the error that was achieved.
#define CHECK_NEAR(computed, expected, tolerance)                                        \
  do {                                                                                   \
    const double computed_ = (computed), expected_ = (expected);                         \
    INFO("computed " << computed_ << ", expected " << expected_ << ", error "            \
                     << std::abs(computed_ - expected_) << ", allowed " << (tolerance)); \
    CHECK(std::abs(computed_ - expected_) <= (tolerance));                               \
  } while (false)
