#pragma once

#include <span>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// A column in order: which of its rows are tied, and how these groups of ties stand.
struct RankedColumn {
  std::vector<Index> order = {};           ///< rows by their values
  std::vector<Index> group = {};           ///< of each row, from 0 for the least value
  std::vector<double> group_weights = {};  ///< rows in a group, counted by their weights
};

/// Shapes: one weight per number. Pre: no NaN.
RankedColumn rank_column(const VecRef& x, const VecRef& weights);

/// Ranks from 1, of each row; rows that are tied share the mean of theirs.
Vec mid_ranks(const RankedColumn& column);

}  // namespace mathtool::stats
