#pragma once

#include <cmath>

#include "mathtool/math/calculus/estimate.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

namespace mathtool::test {

/// Converged, and right by its own error bound.
inline void check_estimate(const math::Estimate& estimate, double expected) {
  INFO("value " << estimate.value << " ± " << estimate.error << ", expected " << expected << ", "
                << to_string(estimate.status) << ": " << estimate.reason);
  CHECK(estimate.status == Status::converged);
  CHECK(std::abs(estimate.value - expected) <= estimate.error + ulps(1, expected));
}

}  // namespace mathtool::test
