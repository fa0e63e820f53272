#include "mathtool/stats/mid_ranks.hpp"

#include <algorithm>
#include <numeric>

namespace mathtool::stats {

MidRanks mid_ranks_of(std::span<const double> x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  MidRanks result;
  result.ranks.resize(x.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && x[order[end]] == x[order[begin]]) ++end;
    const auto t = static_cast<double>(end - begin);
    for (std::size_t i = begin; i < end; ++i)
      result.ranks[order[i]] = static_cast<double>(begin) + (t + 1) / 2;
    result.tie_sum += t * t * t - t;
    result.ties = result.ties || t > 1;
  }
  return result;
}

}  // namespace mathtool::stats
