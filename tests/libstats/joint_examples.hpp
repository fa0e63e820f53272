#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mathtool/stats/joint_table.hpp"

namespace mathtool::test {

using Names = std::vector<std::string>;

/// Applicants to the graduate school of Berkeley in 1973, six departments: R's UCBAdmissions, after
/// Bickel, Hammel & O'Connell, Sex bias in graduate admissions, Science 187 (1975).
inline stats::JointTable berkeley() {
  const std::array<std::array<double, 4>, 6> counts{{{512, 313, 89, 19},
                                                     {353, 207, 17, 8},
                                                     {120, 205, 202, 391},
                                                     {138, 279, 131, 244},
                                                     {53, 138, 94, 299},
                                                     {22, 351, 24, 317}}};
  std::vector<stats::JointCell> cells;
  for (Index department = 0; department < 6; ++department)
    for (Index k = 0; k < 4; ++k)
      cells.push_back({{department, k / 2, k % 2},
                       counts[static_cast<std::size_t>(department)][static_cast<std::size_t>(k)]});
  return stats::JointTable({{"department", {"A", "B", "C", "D", "E", "F"}},
                            {"gender", {"male", "female"}},
                            {"admitted", {"yes", "no"}}},
                           std::move(cells));
}

/// Independent rows and columns of these probabilities.
inline stats::JointTable product_table(const std::vector<double>& p, const std::vector<double>& q) {
  stats::DiscreteVariable rows{"row", {}}, columns{"column", {}};
  std::vector<stats::JointCell> cells;
  for (std::size_t i = 0; i < p.size(); ++i) rows.levels.push_back(std::to_string(i));
  for (std::size_t j = 0; j < q.size(); ++j) columns.levels.push_back(std::to_string(j));
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < q.size(); ++j)
      cells.push_back(
          {{static_cast<Index>(i), static_cast<Index>(j)}, stats::Extended(p[i]) * q[j]});
  return stats::JointTable({rows, columns}, std::move(cells));
}

}  // namespace mathtool::test
