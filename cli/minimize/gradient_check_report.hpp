#pragma once

#include "cli/minimize/minimization_problem.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// Derivatives of f at the start beside central differences, coordinate by coordinate; `suspicious`
/// where they disagree.
void report_gradient_check(const MinimizationProblem& problem, Report& report);

}  // namespace mathtool::cli
