#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The length of each axis, outermost first; {} is a scalar.
using Shape = std::vector<Index>;
/// How many elements to go for one step along each axis; may be 0 or negative.
using Strides = std::vector<Index>;

/// The number of elements: the product of the lengths, 1 for a scalar.
/// Throws: DimensionError for a negative length, or where the product cannot be numbered.
Index element_count(const Shape& shape);

/// Strides of elements that lie one after the other, the last axis fastest.
Strides row_major_strides(const Shape& shape);

/// As in "(2, 3)"; "()" for a scalar.
std::string to_string(const Shape& shape);

/// The shape that both are stretched to, as in NumPy: aligned at their last axes, lengths agree or
/// one of them is 1 (or absent).
///     (2, 1, 3) and (4, 1) give (2, 4, 3)
///
/// Throws: DimensionError, which shows both shapes.
Shape broadcast_shapes(const Shape& a, const Shape& b);

/// `axis`, or axis + rank where it counts from the end. Throws: DimensionError out of [−rank,
/// rank).
Index resolve_axis(Index axis, Index rank);

}  // namespace mathtool::math
