#pragma once

#include <string>
#include <vector>

#include "cli/figure.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

/// Some rows of the table by their first two scores, and the group that a text column puts each in.
struct ScoreSample {
  std::vector<double> first = {}, second = {};
  std::vector<std::string> groups = {};  ///< one per row, or none
};

/// A scree plot (shares and cumulative share in percent) and, for two components or more, a biplot:
/// rows by their first two scores, variables as arrows along their entries in the two components.
Figure pca_figure(const stats::Pca& pca, const ScoreSample& sample);

}  // namespace mathtool::cli
