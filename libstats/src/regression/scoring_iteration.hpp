#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"

namespace mathtool::stats {

/// What is known at one point of the iteration.
struct ScoringPoint {
  double deviance = 0.0;
  double largest_change = 0.0;  ///< of η in a row, by the step that led here
  Vec step = {};                ///< p, Newton's next one
  double decrement = 0.0;       ///< |step|² in standard errors: what the deviance should lose
};

/// Newton's iteration with steps halved where the deviance would grow. Leaves coefficients,
/// deviance, iterations and status in `fit`.
///
/// Where the likelihood has no maximum, steps carry some η on by about 1 for ever while the
/// deviance hardly changes: that is told from convergence by the change of η.
void iterate_scoring(const Vec& start,
                     FunctionRef<ScoringPoint(const Vec& b, const Vec& step)> evaluate,
                     const GeneralizedOptions& options, GeneralizedRegression& fit);

}  // namespace mathtool::stats
