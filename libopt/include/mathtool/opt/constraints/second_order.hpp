#pragma once

#include <string>
#include <string_view>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/objective.hpp"

namespace mathtool::opt {

/// What a stationary point is, by second derivatives.
enum class SecondOrder { minimum, maximum, saddle, undetermined };

/// The enumerator's own name, as JSON shows it.
std::string_view to_string(SecondOrder kind);

struct SecondOrderOptions {
  /// A curvature counts as 0 when |μ| ≤ tolerance · ‖H‖, the largest magnitude of an entry of the
  /// Hessian or of the terms that it is the sum of; ≥ 0. About 1e-4 for a Hessian by differences.
  double tolerance = 1e-8;
  double scale = 0;  ///< ≥ 0: ‖H‖ is at least so much, where terms cancel
};

/// The verdict with what decided it.
struct [[nodiscard]] SecondOrderVerdict {
  SecondOrder kind = SecondOrder::undetermined;
  std::string reason = {};  ///< one sentence with the numbers
  Vec curvatures =
      {};            ///< eigenvalues of the Hessian along the directions that are free, descending
  Vec descent = {};  ///< n: a unit direction of the most negative curvature that is free; or empty
  Mat flat = {};     ///< n × k: unit directions that are free, with curvatures that count as 0
};

/// The constraints that hold with equality at a point, by their gradients, one per row.
struct ActiveGradients {
  Mat equalities = {};  ///< k × n; no row: leave empty
  Mat strict = {};      ///< inequalities g ≤ 0 with a multiplier that is not 0
  Vec signs = {};       ///< that multiplier, for each row of `strict`
  Mat weak = {};        ///< inequalities g ≤ 0 that are active with multiplier 0
};

/// What the curvature of the Lagrangian says of a stationary point: with Z a basis of the
/// directions in which all equalities and strictly active inequalities stay as they are, by the
/// eigenvalues of
///     Zᵀ H Z,   H = ∇²f + Σ multiplier ∇²g
/// A strictly active inequality also counts by itself: inwards f rises where its multiplier is > 0
/// and falls where it is < 0, so that a point with both is a saddle. Where the weakly active ones
/// decide, the point is undetermined unless a direction of descent is found among those that they
/// allow.
///
/// Shapes:  H is n × n, symmetric.
/// Throws:  DimensionError; DomainError for entries that are not finite.
/// Returns: `minimum` where all curvatures are > 0 or there is no free direction, `maximum` where
///          all are < 0, `saddle` where there are both, `undetermined` where one is 0.
/// Ref:     Nocedal & Wright, Numerical Optimization (2006), theorems 12.5 and 12.6.
SecondOrderVerdict second_order(const MatRef& H, const ActiveGradients& active = {},
                                const SecondOrderOptions& options = {});

/// The same of a point that minimises f in a box, as an unconstrained method leaves it.
/// Cost:    a gradient and a Hessian, by differences of 2n gradients where f has none.
SecondOrderVerdict second_order(Objective f, const VecRef& x, const Box& box = {});

}  // namespace mathtool::opt
