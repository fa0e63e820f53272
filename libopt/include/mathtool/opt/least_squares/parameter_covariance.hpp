#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

struct CovarianceOptions {
  std::vector<Index> held = {};  ///< parameters taken as known: NaN in their rows and columns
  /// Directions are not determined whose singular value is ≤ tolerance times the largest, the
  /// columns of J made 1 long; > 0. Below it lies what rounding makes of J.
  double tolerance = 1e-13;
};

/// What residuals say of parameters.
struct [[nodiscard]] ParameterCovariance {
  Mat value = {};                        ///< n × n; NaN where nothing is said
  std::vector<Index> undetermined = {};  ///< parameters in a direction that changes no residual
  double condition = 0;  ///< σ₁/σₙ of J with columns 1 long; infinite if singular
};

/// s² (JᵀJ)⁻¹ from a triangle R with RᵀR = JᵀJ, by its singular values.
///     J = U Σ Vᵀ D,  (JᵀJ)⁻¹ = D⁻¹ V Σ⁻² Vᵀ D⁻¹,  D the lengths of the columns
///
/// Shapes: R is n × n (n columns, any number of rows); s2 = s².
/// Throws: DomainError if R is not finite, or for a tolerance that is not > 0.
/// Ref:    Bates & Watts, Nonlinear Regression Analysis (1988), §2.3.
ParameterCovariance parameter_covariance(const MatRef& R, double s2,
                                         const CovarianceOptions& options = {});

}  // namespace mathtool::opt
