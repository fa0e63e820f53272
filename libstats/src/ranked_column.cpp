#include "ranked_column.hpp"

#include <algorithm>
#include <utility>

namespace mathtool::stats {

RankedColumn rank_column(const VecRef& x, const VecRef& weights) {
  std::vector<std::pair<double, Index>> sorted;
  sorted.reserve(static_cast<std::size_t>(x.size()));
  for (Index row = 0; row < x.size(); ++row) sorted.emplace_back(x[row], row);
  std::sort(sorted.begin(), sorted.end());

  RankedColumn column{.group = std::vector<std::size_t>(sorted.size())};
  column.order.reserve(sorted.size());
  for (const auto& [value, row] : sorted) {
    const std::size_t place = column.order.size();
    if (place == 0 || value != sorted[place - 1].first) {
      column.group_begins.push_back(place);
      column.group_weights.push_back(0.0);
    }
    column.group_weights.back() += weights[row];
    column.group[static_cast<std::size_t>(row)] = column.groups() - 1;
    column.order.push_back(row);
  }
  column.group_begins.push_back(sorted.size());
  return column;
}

Vec mid_ranks(const RankedColumn& column) {
  Vec ranks(std::ssize(column.group));
  double below = 0.0;
  for (std::size_t g = 0; g < column.groups(); ++g) {
    const double rank = below + (column.group_weights[g] + 1) / 2;
    for (const Index row : column.rows_of(g)) ranks[row] = rank;
    below += column.group_weights[g];
  }
  return ranks;
}

}  // namespace mathtool::stats
