#pragma once

#include <string>

#include "calculus/series_pattern.hpp"
#include "calculus/settle.hpp"

namespace mathtool::math {

/// What tests of its terms say of a series.
struct SeriesTest {
  bool converges = false;
  bool keeps_sign = false;  ///< from some term on
  int condensations = 0;    ///< it took to see that the series converges
  bool diverges = false;
  Settled divergence = {};  ///< when it diverges: how
  std::string doubt = {};   ///< when neither was found
};

/// Terms must tend to 0. Beyond that, a series converges when they alternate and fall, when they
/// fall faster than k^-10, or by Raabe's test:
///     ρ = lim k (aₖ / aₖ₊₁ − 1) > 1,
/// and diverges for ρ < 1. Where ρ = 1 it diverges when k aₖ does not tend to 0; else the same is
/// asked of the terms 2ᵏ a(2ᵏ), once or twice (Cauchy's condensation).
SeriesTest test_series(const Terms& terms);

}  // namespace mathtool::math
