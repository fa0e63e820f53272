#pragma once

#include <optional>

#include "mathtool/opt/line_search/armijo.hpp"
#include "mathtool/opt/line_search/more_thuente.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// A step along a line in the box. Where `first` leads beyond the first bound, Armijo's rule is
/// tried along the projection, which may meet many bounds at once; where that does not lower f, and
/// where no bound is in the way, Moré and Thuente's search goes at most to the first bound.
LineEnd descend(const Line& line, double first, const MoreThuente& rule, LinePoint& found);

/// The first α of a method that knows nothing of the curvature yet, for d = −∇f: it moves x by a
/// tenth of its size, so that it fits an f and an x in any units; from x = 0 by as much as would
/// lower a linear f by a tenth of its value.
///     ‖x‖∞ / 10 ‖d‖∞;   |f| / 10 dᵀd;   1 / ‖d‖∞ where both are 0
/// Ref: Hager & Zhang, Algorithm 851: CG_DESCENT (2006), I0, who take a hundredth.
double first_step(const Iterate& now, const Vec& direction);

/// Makes the point that was found the iterate.
void move_to(LinePoint& found, Iterate& now);

/// Why there is no step down the line of steepest descent, in a sentence.
Stop no_descent(const Line& line, LineEnd end, double first);

}  // namespace mathtool::opt
