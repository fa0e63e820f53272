#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/bayes/counted_levels.hpp"
#include "cli/report.hpp"
#include "mathtool/stats/independence.hpp"
#include "mathtool/stats/joint_table.hpp"

namespace mathtool::cli {

/// What `bayes` has found.
struct JointResult {
  stats::JointTable observed;                         ///< as read
  stats::JointTable joint;                            ///< after --prior
  std::optional<stats::JointTable> conditional = {};  ///< of the rest, under --given
  stats::Evidence given = {};
  std::optional<std::string> changed = {};  ///< the variable of --prior
  MassKind kind = MassKind::row;
};

/// Joint table, marginals, independence, and what follows from the evidence.
void report_joint(JointResult result, Report& report);

}  // namespace mathtool::cli
