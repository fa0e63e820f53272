#pragma once

#include <span>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// A column in order: which of its rows are tied, and how these groups of ties stand.
struct RankedColumn {
  std::vector<Index> order = {};               ///< rows by their values
  std::vector<std::size_t> group = {};         ///< of each row, from 0 for the least value
  std::vector<std::size_t> group_begins = {};  ///< places in `order`, and behind them its end
  std::vector<double> group_weights = {};      ///< rows in a group, counted by their weights

  std::size_t groups() const { return group_weights.size(); }
  std::span<const Index> rows_of(std::size_t g) const {
    return std::span(order).subspan(group_begins[g], group_begins[g + 1] - group_begins[g]);
  }
};

/// Shapes: one weight per number. Pre: no NaN.
RankedColumn rank_column(const VecRef& x, const VecRef& weights);

/// Ranks from 1, of each row; rows that are tied share the mean of theirs.
Vec mid_ranks(const RankedColumn& column);

}  // namespace mathtool::stats
