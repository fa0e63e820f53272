#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/calculus/cubature.hpp"
#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

struct MonteCarloOptions {
  std::int64_t samples = 1'000'000;  ///< ≥ 2
  std::uint64_t seed = 0;
  double confidence = 0.95;  ///< coverage of the interval, in (0, 1)
  RunControl run = {};       ///< f is called from several threads at once unless threads is 1
};

/// An integral estimated by sampling. `error` is half the width of the confidence interval.
struct [[nodiscard]] SampledIntegral : Estimate {
  double standard_error = 0.0;
  double low = 0.0, high = 0.0;  ///< the confidence interval
};

/// ∫ f(x) dx over the box low ≤ x ≤ high from the mean of f at random points.
///
///     V · mean ± z · V · s / √n,     V the volume, s the standard deviation of f
///
/// The same bits for any number of threads.
///
/// Pre:     sides finite, at least one; low > high flips the sign; samples ≥ 2, 0 < confidence < 1.
/// Throws:  DimensionError, DomainError if a precondition fails; Stopped; whatever f throws.
/// Returns: `converged` when the samples were taken and their interval can be trusted; `suspicious`
///          where a few samples carry most of the sum of squares, or all samples are equal, so that
///          s says little about the true spread; `not_finite` where f is not finite.
/// Error:   falls as 1/√n; the interval covers the truth so often as `confidence` says if f² is
///          integrable, asymptotically.
SampledIntegral monte_carlo(PointFunction f, std::span<const double> low,
                            std::span<const double> high, const MonteCarloOptions& options = {});

}  // namespace mathtool::math
