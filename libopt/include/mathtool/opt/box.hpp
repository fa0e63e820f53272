#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// Bounds low ≤ x ≤ high of every coordinate; −∞ and ∞ where there is none. Without any, both
/// vectors are empty.
struct Box {
  Vec low = {}, high = {};  ///< n each, or both empty

  bool unbounded() const { return low.size() == 0; }
  bool contains(const VecRef& x) const;

  /// The point of the box nearest to x.
  void project(Eigen::Ref<Vec> x) const;

  /// Throws: DimensionError unless both have n numbers or none; DomainError for low > high or NaN.
  void validate(Index n) const;
};

/// How far x is from a stationary point of f in the box, 0 at one: the gradient without what pushes
/// against a bound.
///     ‖x − P(x − g)‖∞,   P the projection onto the box; without bounds ‖g‖∞
/// Ref: Conn, Gould & Toint, Trust-Region Methods (2000), section 12.1.
double projected_gradient_norm(const Box& box, const VecRef& x, const VecRef& gradient);

}  // namespace mathtool::opt
