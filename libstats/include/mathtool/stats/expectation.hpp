#pragma once

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

namespace detail {

math::Estimate expectation(const DistributionView& distribution, FunctionRef<double(double)> g);

}  // namespace detail

/// E g(X), the mean of a function of a random variable: ∫ g(x) f(x) dx, or the sum over the whole
/// numbers of the support.
///
/// Returns: as `math::integrate` and `math::infinite_sum`: `divergent` where it does not exist.
/// Error:   the bound in the result; 1e-12 relative where converged.
template <UnivariateDistribution D>
math::Estimate expectation(const D& d, FunctionRef<double(double)> g) {
  return detail::with_view(
      d, [&](const detail::DistributionView& view) { return detail::expectation(view, g); });
}

}  // namespace mathtool::stats
