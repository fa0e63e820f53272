#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_evaluations.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/constraints/second_order.hpp"

namespace mathtool::opt {

/// Relative to the sizes of what is compared: the distance of a constraint from its limit, and of a
/// multiplier from 0, at a point that met the usual tolerances.
inline constexpr double nearly_active = 1e-7;

/// Which constraints hold with equality at a point, told from rounding by their scale.
bool is_active(const ConstrainedProblem& problem, const ConstrainedIterate& at, Index constraint);

/// Their gradients, bounds too, parted by whether the multipliers are 0.
ActiveGradients active_gradients(const ConstrainedProblem& problem, const ConstrainedIterate& at);

/// The Hessian of the Lagrangian, by differences of gradients within the box where it has to be.
/// Returns: an empty one where a number is not finite.
Mat lagrangian_hessian(ConstrainedEvaluations& f, const ConstrainedIterate& at);

/// What the stationary point is. A small curvature counts as 0 where, going by the third derivative
/// along it, an exact solution of the equations may have none: as of x³ near 0. Values beside the
/// point decide where curvatures are 0 and f falls by a higher power, and must agree where f is
/// said to fall.
SecondOrderVerdict verdict_at(ConstrainedEvaluations& f, const ConstrainedIterate& at);

}  // namespace mathtool::opt
