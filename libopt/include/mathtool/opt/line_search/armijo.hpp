#pragma once

#include "mathtool/opt/line_search/line.hpp"

namespace mathtool::opt {

/// A step that is short enough: Armijo's rule, by backtracking along the projection of the line
/// onto the box, so that many bounds may be met in one step.
///     f(x(α)) ≤ f(x₀) + c₁ ∇f(x₀)ᵀ (x(α) − x₀)
/// The next α is the minimum of the parabola or cubic through what is known, at least a tenth and
/// at most half of the last; a tenth where f is not finite. Where both sides differ by no more than
/// the rounding of f the slope decides instead of the value, as in `MoreThuente`.
///
/// Ref: Armijo, Minimization of functions having Lipschitz continuous first partial derivatives
///      (1966); Bertsekas, Projected Newton methods for optimization problems with simple
///      constraints (1982); Dennis & Schnabel, Numerical Methods for Unconstrained Optimization
///      and Nonlinear Equations (1983), Algorithm A6.3.1.
struct Armijo {
  double decrease = 1e-4;  ///< c₁ in (0, 1/2)
  int max_trials = 40;     ///< ≥ 1

  /// Searches from α = `first` down. Pre: the slope of the line is < 0, `first` > 0.
  LineEnd search(const Line& line, double first, LinePoint& found) const;

  /// Throws: DomainError.
  void validate() const;
};

}  // namespace mathtool::opt
