#pragma once

#include <cstdint>

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

struct IteratedOptions {
  double rel_tol = 1e-10;  ///< converged: error ≤ max(abs_tol, rel_tol · |value|)
  double abs_tol = 0.0;
  std::int64_t max_evaluations = 20'000'000;
  StopToken stop = {};
};

/// ∫ₐᵇ ∫_{low(x)}^{high(x)} f(x, y) dy dx by one-dimensional integrals within one another.
///
/// Jumps, kinks and singular edges are met one line at a time, so that what `integrate` can do in
/// one dimension holds in two, over regions whose inner limits depend on x.
///
/// Pre:     as `integrate` for each pair of limits, which may be infinite.
/// Throws:  DomainError if a precondition fails; Stopped; whatever f, low or high throws.
/// Returns: `converged` only if the outer integral and every inner one are; otherwise the status of
///          the first inner integral that is not.
/// Cost:    the product of the evaluations on two lines, 1e5 at least.
Estimate iterated_integral(FunctionRef<double(double, double)> f, double a, double b,
                           FunctionRef<double(double)> low, FunctionRef<double(double)> high,
                           const IteratedOptions& options = {});

/// The same in three dimensions: z runs from low(x, y) to high(x, y) within.
Estimate iterated_integral(FunctionRef<double(double, double, double)> f, double a, double b,
                           FunctionRef<double(double)> y_low, FunctionRef<double(double)> y_high,
                           FunctionRef<double(double, double)> z_low,
                           FunctionRef<double(double, double)> z_high,
                           const IteratedOptions& options = {});

}  // namespace mathtool::math
