#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// A function that is a cubic polynomial between any two neighbouring nodes. It is a value.
///     s(x) = c₀ + c₁ u + c₂ u² + c₃ u³,  u = x − xᵢ,   xᵢ ≤ x ≤ xᵢ₊₁
/// Outside of the nodes it is NaN: nothing is known there.
class PiecewiseCubic {
 public:
  /// Shapes: nodes is n ≥ 2, ascending; coefficients is (n − 1) × 4, constants first.
  /// Throws: DimensionError, DomainError.
  PiecewiseCubic(Vec nodes, Mat coefficients);

  double operator()(double x) const;                 ///< Cost: O(log n)
  double derivative(double x, int order = 1) const;  ///< order ≥ 0; from the right at a node
  double integral(double a, double b) const;         ///< from a to b; b < a changes the sign

  const Vec& nodes() const { return nodes_; }
  const Mat& coefficients() const { return coefficients_; }

 private:
  Index piece(double x) const;
  bool inside(double x) const { return nodes_[0] <= x && x <= nodes_[nodes_.size() - 1]; }

  Vec nodes_;
  Mat coefficients_;
  Vec integrals_;  ///< n, from the first node to each
};

/// The cubic Hermite interpolant: values and slopes given at each node.
/// Shapes: all n ≥ 2, x ascending and finite.             Throws: DimensionError, DomainError.
PiecewiseCubic hermite_interpolant(const VecRef& x, const VecRef& y, const VecRef& slopes);

}  // namespace mathtool::math
