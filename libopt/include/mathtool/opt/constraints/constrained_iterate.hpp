#pragma once

#include <cstdint>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constraint.hpp"

namespace mathtool::opt {

/// One point of a constrained minimisation. Invariant: value, gradient, g and jacobian are those
/// at x.
struct ConstrainedIterate {
  Vec x = {};
  double value = 0;
  Vec gradient = {};           ///< n, ∇f
  Vec g = {};                  ///< m
  Mat jacobian = {};           ///< m × n, one gradient of a constraint per row
  Vec multipliers = {};        ///< m, the best estimate so far
  Vec bound_multipliers = {};  ///< n: > 0 pushes against the upper bound, < 0 against the lower
  std::int64_t iteration = 0;

  /// ∇f + Jᵀ multipliers + bound_multipliers, 0 at a stationary point of the Lagrangian.
  Vec lagrangian_gradient() const;
};

/// How far a point with its multipliers is from one that satisfies the conditions of Karush, Kuhn
/// and Tucker, as largest magnitudes, all 0 there.
struct KktResiduals {
  double stationarity = 0;     ///< ‖∇L‖∞
  double feasibility = 0;      ///< of |g| for equalities, max(g, 0) for inequalities
  double complementarity = 0;  ///< of min(multiplier, −g) for inequalities and bounds

  double largest() const;
};

/// Ref: Nocedal & Wright, Numerical Optimization (2006), theorem 12.1.
KktResiduals kkt_residuals(const ConstrainedProblem& problem, const ConstrainedIterate& at);

/// The violation of constraint i where it has the value g: |g|, or max(g, 0).
double violation(const Constraint& constraint, double g);

/// The largest violation of all.
double violation(const ConstrainedProblem& problem, const Vec& g);

}  // namespace mathtool::opt
