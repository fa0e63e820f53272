#pragma once

#include "cli/bayes/counted_levels.hpp"
#include "cli/report.hpp"
#include "mathtool/stats/joint_table.hpp"

namespace mathtool::cli {

/// Whether the variables are independent of each other, in words; of more than two also each pair.
/// Pearson's statistic is told of counts alone. Pre: two variables or more.
void report_independence(const stats::JointTable& table, MassKind kind, Report& report);

/// The same as an object; null where there is one variable.
Json independence_json(const stats::JointTable& table, MassKind kind);

}  // namespace mathtool::cli
