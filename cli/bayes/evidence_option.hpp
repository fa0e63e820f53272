#pragma once

#include <string>
#include <vector>

#include "mathtool/stats/joint_table.hpp"

namespace mathtool::cli {

/// What --given says, COL=value each time. A number may be written in any way: 0.50 is 0.5.
/// Throws: DomainError for an unknown column or level, with the nearest one.
stats::Evidence parse_given(const std::vector<std::string>& given, const stats::JointTable& table);

/// Another distribution of one variable, one probability for each of its levels.
struct Prior {
  std::string variable = {};
  std::vector<double> probabilities = {};
};

/// What --prior says, COL=level:p,level:p; levels that are left out have probability 0, and p may
/// be an expression.
/// Throws: DomainError for an unknown column or level, a negative p, and a sum that is not 1.
Prior parse_prior(const std::string& text, const stats::JointTable& table);

}  // namespace mathtool::cli
