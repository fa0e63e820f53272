#pragma once

#include <string>
#include <vector>

#include "cli/calculator/calculator.hpp"

namespace mathtool::cli {

/// Whether abs, floor, max or the like stands in a formula.
bool has_corners(const math::Expression& f);

/// Rules differentiate abs, floor, max and the like between their corners; whether the point is one
/// shows when f is followed from there along each axis and each diagonal, to both sides.
/// `slopes` are the partial derivatives of f by each of `names`, and `point` has a closed formula
/// for each.
///
/// Throws: NotEstablished where f has a corner or jumps: what it changes by is not what its slopes
///         say, however short the step.
void require_smooth(Calculator& calculator, const math::Expression& f,
                    const std::vector<math::Expression>& slopes,
                    const std::vector<std::string>& names,
                    const std::vector<math::Expression>& point);

}  // namespace mathtool::cli
