#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

/// A function of a point with as many coordinates as the region has dimensions.
using PointFunction = FunctionRef<double(std::span<const double>)>;

struct CubatureOptions {
  double rel_tol = 1e-9;  ///< converged: error ≤ max(abs_tol, rel_tol · |value|, rounding of ∫|f|)
  double abs_tol = 0.0;
  std::int64_t max_evaluations = 10'000'000;
  StopToken stop = {};
};

/// ∫ f(x) dx over the box low ≤ x ≤ high in 1 to 12 dimensions.
///
///     product Gauss–Legendre while it converges, else the adaptive rules of Genz & Malik
///
/// Smooth integrands in few dimensions reach full precision by products of one-dimensional rules of
/// growing order. Otherwise the box with the largest error is halved along the side on which f
/// varies most. Shifted lattice points, an independent rule, must not contradict the outcome.
///
/// Pre:     sides low[k], high[k] not NaN, 1 to 12 of them; a side may be infinite, and low > high
///          flips the sign.
/// Throws:  DimensionError, DomainError if a precondition fails; Stopped; whatever f throws.
/// Returns: `suspicious` where the lattice disagrees, `not_finite` where f is not finite.
/// Error:   1e-9 relative for smooth integrands; with jumps or singular corners iterate one-
///          dimensional integrals instead (iterated_integral.hpp), above 8 dimensions
///          `quasi_monte_carlo`.
/// Cost:    one rule has 2ᵈ + 2d² + 2d + 1 points in d dimensions.
/// Ref:     Genz & Malik, An adaptive algorithm for numerical integration over an N-dimensional
///          rectangular region (1980).
Estimate cubature(PointFunction f, std::span<const double> low, std::span<const double> high,
                  const CubatureOptions& options = {});

}  // namespace mathtool::math
