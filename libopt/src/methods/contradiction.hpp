#pragma once

#include <optional>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_evaluations.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Whether no small step reduces the violations in the given units, and the sentence that says so.
std::optional<Stop> least_violation(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                                    const Vec& units);

/// Half the sum of squares of the violations, in the given units.
double half_square_violation(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                             const Vec& units);

/// One step that reduces it, by its second derivatives where there are any. Returns: why there is
/// none: no small step reduces it, and then how much it is, or the search failed.
std::optional<Stop> reduce_violation(ConstrainedEvaluations& f, ConstrainedIterate& now,
                                     const Vec& units);

/// Goes from such a point to one that violates less, by second derivatives of the constraints or by
/// trying the axes: x² + y² = 1 has no slope at 0. Returns: whether there was one.
bool leave_contradiction(ConstrainedEvaluations& f, ConstrainedIterate& now, const Vec& units);

/// Goes from a stationary point along a direction of negative curvature, back to the constraints
/// that curve away from it, to where f is lower. Returns: whether it was.
bool leave_along(const Vec& direction, double reach, ConstrainedEvaluations& f,
                 ConstrainedIterate& now);

}  // namespace mathtool::opt
