#pragma once

#include "linear_algebra/design_columns.hpp"
#include "mathtool/math/linear_algebra/least_squares.hpp"

namespace mathtool::math {

/// A fit in the units of its design, in doubled precision.
struct DoubledFit {
  DoubleDoubleColumns coefficients;  ///< p × 1
  DoubleDoubleColumns errors;        ///< p × 1, magnitudes
  DoubleDoubleColumns inverse_R;     ///< p × rank, rows of columns left out are 0
  Vec residuals;                     ///< n
  DoubleDouble sum_of_squares;       ///< Σ wᵢ rᵢ² in units of `weight_unit`
  double weight_unit = 1.0;
};

/// Factorises, solves and refines. Fills in `fit` what does not depend on the units and the basis
/// in which coefficients are shown: rank, degrees of freedom, refinements and how it ended.
///
/// Throws: DimensionError, DomainError for bad options; Stopped.
DoubledFit fit_doubled(const DesignColumns& design, const LeastSquaresOptions& options,
                       LeastSquaresFit& fit);

}  // namespace mathtool::math
