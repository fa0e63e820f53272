#include "ranked_column.hpp"

#include <algorithm>
#include <numeric>

namespace mathtool::stats {

RankedColumn rank_column(const VecRef& x, const VecRef& weights) {
  const auto n = static_cast<std::size_t>(x.size());
  RankedColumn column{.order = std::vector<Index>(n), .group = std::vector<Index>(n)};
  std::iota(column.order.begin(), column.order.end(), Index{0});
  std::sort(column.order.begin(), column.order.end(),
            [&](Index a, Index b) { return x[a] < x[b] || (x[a] == x[b] && a < b); });
  double before = 0.0;
  for (const Index row : column.order) {
    if (column.group_weights.empty() || x[row] != before) column.group_weights.push_back(0.0);
    column.group_weights.back() += weights[row];
    column.group[static_cast<std::size_t>(row)] = std::ssize(column.group_weights) - 1;
    before = x[row];
  }
  return column;
}

Vec mid_ranks(const RankedColumn& column) {
  Vec rank_of_group(std::ssize(column.group_weights));
  double below = 0.0;
  for (std::size_t g = 0; g < column.group_weights.size(); ++g) {
    rank_of_group[static_cast<Index>(g)] = below + (column.group_weights[g] + 1) / 2;
    below += column.group_weights[g];
  }
  Vec ranks(std::ssize(column.group));
  for (std::size_t row = 0; row < column.group.size(); ++row)
    ranks[static_cast<Index>(row)] = rank_of_group[column.group[row]];
  return ranks;
}

}  // namespace mathtool::stats
