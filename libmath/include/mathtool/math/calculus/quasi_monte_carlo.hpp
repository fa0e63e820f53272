#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/calculus/monte_carlo.hpp"

namespace mathtool::math {

struct QuasiMonteCarloOptions {
  std::int64_t samples = 1 << 20;  ///< in all, split over the shifts; ≥ 2 · shifts
  int shifts = 16;                 ///< independent random shifts, ≥ 4: they measure the error
  std::uint64_t seed = 0;
  double confidence = 0.95;  ///< coverage of the interval, in (0, 1)
  RunControl run = {};       ///< f is called from several threads at once unless threads is 1
};

/// ∫ f(x) dx over the box low ≤ x ≤ high from evenly spread points, shifted at random.
///
///     mean over the shifts ± t · s / √shifts,     s the standard deviation of their means
///
/// The points are the additive recurrence of the generalised golden ratio, made periodic by the
/// baker's map: the error falls nearly as 1/n, for smooth f faster, where Monte Carlo has 1/√n. The
/// same bits for any number of threads.
///
/// Pre:     sides finite, 1 to 64 of them; low > high flips the sign; the ranges above.
/// Throws:  DimensionError, DomainError if a precondition fails; Stopped; whatever f throws.
/// Returns: as `monte_carlo`.
/// Ref:     Cranley & Patterson, Randomization of number theoretic methods for multiple integration
///          (1976); Hickernell, Obtaining O(N^{-2+ε}) convergence for lattice quadrature rules
///          (2002).
SampledIntegral quasi_monte_carlo(PointFunction f, std::span<const double> low,
                                  std::span<const double> high,
                                  const QuasiMonteCarloOptions& options = {});

}  // namespace mathtool::math
