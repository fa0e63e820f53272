#pragma once

#include <vector>

#include "cli/figure.hpp"
#include "cli/minimize/minimization_problem.hpp"
#include "cli/minimize/minimization_run.hpp"

namespace mathtool::cli {

/// How the runs came to their ends: of one variable over the curve, of two over lines of equal
/// height; of any number, how far f was above the lowest value at each iteration. Pre: paths kept.
Figure minimization_figure(const MinimizationProblem& problem,
                           const std::vector<MinimizationRun>& runs);

}  // namespace mathtool::cli
