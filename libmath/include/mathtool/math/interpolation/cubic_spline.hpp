#pragma once

#include <optional>

#include "mathtool/math/interpolation/piecewise_cubic.hpp"

namespace mathtool::math {

enum class SplineEnd {
  not_a_knot,  ///< the third derivative is continuous at the second and the last but one node
  natural,     ///< second derivatives 0 at both ends
  clamped,     ///< first derivatives given at both ends
  periodic,    ///< values, first and second derivatives agree at both ends
};

struct CubicSplineOptions {
  SplineEnd end = SplineEnd::not_a_knot;
  double first_slope = 0.0;  ///< s′ at the first node, where clamped
  double last_slope = 0.0;   ///< s′ at the last node, where clamped
};

/// The cubic spline through (xᵢ, yᵢ): two continuous derivatives. Not-a-knot is the line through
/// two points and the parabola through three.
///
/// Shapes:  x, y are n ≥ 2 (3 where periodic).  Pre: x strictly ascending, all finite; y₁ = yₙ
///          where periodic.                     Throws: DimensionError, DomainError with the place.
/// Error:   O(h⁴) for smooth data, O(h²) near the ends of a natural spline.
/// Cost:    O(n) time and memory.
/// Ref:     de Boor, A Practical Guide to Splines (1978), chapter IV.
PiecewiseCubic cubic_spline(const VecRef& x, const VecRef& y,
                            const CubicSplineOptions& options = {});

}  // namespace mathtool::math
