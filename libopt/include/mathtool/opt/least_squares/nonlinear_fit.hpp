#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// Where a nonlinear least-squares problem ended, and what the residuals say of the parameters
/// there. Standard errors and covariance are those of the linear model that touches at x.
struct [[nodiscard]] NonlinearFit {
  Vec x = {};                                             ///< the best point seen, on every path
  double rss = std::numeric_limits<double>::quiet_NaN();  ///< Σ wᵢ rᵢ²
  double cost = std::numeric_limits<double>::quiet_NaN();  ///< Σ wᵢ c² ρ((rᵢ/c)²); rss if linear
  double degrees_of_freedom = 0;  ///< observations − parameters that are free
  double residual_sd = std::numeric_limits<double>::quiet_NaN();  ///< √(cost / df); NaN for df ≤ 0

  Mat covariance = {};               ///< n × n, s² (JᵀJ)⁻¹; NaN where it says nothing
  Vec standard_errors = {};          ///< n, the roots of its diagonal
  std::vector<Index> at_bound = {};  ///< parameters that a bound holds: no standard error
  /// Parameters that the residuals do not tell apart, or do not depend on: no standard error.
  std::vector<Index> undetermined = {};
  std::string covariance_reason = {};  ///< why a standard error is NaN; empty: none is

  /// Cosine of the angle between the residuals and the plane that J spans, 0 at a minimum.
  double orthogonality = std::numeric_limits<double>::quiet_NaN();
  double gradient_norm = std::numeric_limits<double>::quiet_NaN();  ///< ‖Jᵀr‖∞ off the bounds
  double condition = std::numeric_limits<double>::quiet_NaN();  ///< of J, its columns of length 1

  Status status = Status::out_of_budget;
  std::string reason = {};                ///< one sentence with the numbers
  std::vector<std::string> remarks = {};  ///< what else is worth knowing
  std::int64_t iterations = 0;            ///< of the descent that is reported
  std::int64_t evaluations = 0;           ///< calls of r, of all descents
  std::int64_t jacobians = 0;             ///< those with derivatives
};

}  // namespace mathtool::opt
