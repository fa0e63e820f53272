#pragma once

#include <cstdint>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/difference_objective.hpp"
#include "mathtool/opt/objective.hpp"

namespace mathtool::opt {

/// One coordinate of a gradient, as it was given and as differences see it.
struct CoordinateCheck {
  Index variable = 0;
  double given = 0, by_differences = 0;
  double error = 0;  ///< |given − by_differences| / max(1, |given|, |by_differences|)
};

struct [[nodiscard]] GradientCheck {
  std::vector<CoordinateCheck> coordinates = {};
  double largest_error = 0;  ///< NaN where a derivative is not finite
  Index worst = 0;           ///< its variable
  bool agrees = false;       ///< largest_error ≤ tolerance
};

struct GradientCheckOptions {
  double tolerance = 1e-6;  ///< ≥ 0; central differences of a smooth f reach 1e-9
  DifferenceOptions differences = {};
};

/// Compares a gradient at x with central differences of its function.
/// Throws:  DomainError, what f throws.   Cost: 2n + 1 evaluations.
GradientCheck check_gradient(Objective f, const VecRef& x,
                             const GradientCheckOptions& options = {});

}  // namespace mathtool::opt
