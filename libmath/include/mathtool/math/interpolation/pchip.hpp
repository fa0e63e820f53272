#pragma once

#include "mathtool/math/interpolation/piecewise_cubic.hpp"

namespace mathtool::math {

/// The piecewise cubic Hermite interpolant that keeps the shape of the data: monotone where they
/// are, with its extrema at nodes, one continuous derivative. Two points give a line.
///
/// Slopes are weighted harmonic means of the neighbouring secants, 0 where these differ in sign; at
/// the ends a parabola through three points, limited to keep the shape.
///
/// Shapes:  x, y are n ≥ 2.  Pre: x strictly ascending, all finite.
/// Throws:  DimensionError, DomainError with the place.
/// Error:   O(h²) at extrema, O(h³) elsewhere for smooth data.    Cost: O(n).
/// Ref:     Fritsch & Butland, A method for constructing local monotone piecewise cubic
///          interpolants (1984), as in Moler, Numerical Computing with MATLAB (2004), §3.6.
PiecewiseCubic pchip(const VecRef& x, const VecRef& y);

}  // namespace mathtool::math
