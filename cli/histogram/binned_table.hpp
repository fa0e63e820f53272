#pragma once

#include <vector>

#include "cli/describe/table_summary.hpp"
#include "mathtool/stats/accumulators/histogram.hpp"

namespace mathtool::cli {

/// A histogram of each numeric column; without edges where a column has no value.
struct BinnedTable {
  std::vector<stats::Histogram> columns = {};
  double rows = 0.0;  ///< their weight, with those that lack values
};

/// Counts the values of each column and group in `bins` bins, 0: as many as suit them. Values that
/// `summary` keeps are counted in memory; where it could not keep all of some column, the table is
/// read again.
GatheredGroups<BinnedTable> bin_groups(const GatheredGroups<TableSummary>& summary, int bins,
                                       TableInput& input, const RunControl& run);

}  // namespace mathtool::cli
