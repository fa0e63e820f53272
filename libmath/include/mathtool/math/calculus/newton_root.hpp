#pragma once

#include <functional>
#include <limits>

#include "mathtool/math/calculus/find_root.hpp"

namespace mathtool::math {

struct NewtonRootOptions {
  std::function<double(double)> derivative = {};            ///< f′; without it slopes are secants
  double lower = -std::numeric_limits<double>::infinity();  ///< no step leaves [lower, upper]
  double upper = std::numeric_limits<double>::infinity();
  double rel_tol = 1e-10;  ///< converged when error ≤ max(abs_tol, rel_tol · |root|)
  double abs_tol = 1e-12;
  int max_evaluations = 1000;  ///< of f and f′ together
  StopToken stop = {};
};

/// A root of f near `start` by Newton's method:
///     x ← x − λ f(x) / f′(x)
/// λ is halved until |f| falls. As soon as two points of opposite sign are known, the bracket
/// between them is kept and a step that would leave it is replaced by a bisection.
///
/// Pre:     lower ≤ start ≤ upper, start finite.           Throws: DomainError; Stopped.
/// Returns: as `find_root`; `stalled` at a least |f| that is no zero, with the best point seen;
///          `suspicious` where f may touch zero or only come close, as no sampling can tell.
/// Error:   as `find_root`; a double root costs half the digits, a triple one two thirds.
/// Ref:     Dennis & Schnabel, Numerical Methods for Unconstrained Optimization (1983), §6.3.
Root newton_root(FunctionRef<double(double)> f, double start,
                 const NewtonRootOptions& options = {});

}  // namespace mathtool::math
