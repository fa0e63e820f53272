#pragma once

#include <memory>
#include <vector>

#include "cli/minimize/minimization_problem.hpp"
#include "cli/minimize/minimization_run.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// The runs of one problem, the lowest value first where several raced.
using MinimizationRuns = std::shared_ptr<const std::vector<MinimizationRun>>;

/// Fills the report with the first run; with several also with a table of all of them. The problem
/// must outlive the report.
void report_minimization(const MinimizationProblem& problem, const MinimizationRuns& runs,
                         Report& report);

/// The equations of Lagrange in symbols, and the iterates that led to their solution.
void explain_lagrange(const MinimizationProblem& problem, const MinimizationRun& run,
                      Report& report);

/// The iterates of all runs: method, iteration, evaluations, value, gradient_norm, step and x.
Table trace_table(const MinimizationProblem& problem, const MinimizationRuns& runs);

/// Sorts finished runs: those that ended at a minimum first, the lowest value first.
void rank(std::vector<MinimizationRun>& runs);

}  // namespace mathtool::cli
