#include "mathtool/stats/p_adjustment.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {

std::string_view to_string(PAdjustment adjustment) {
  return adjustment == PAdjustment::holm ? "holm" : "bh";
}

Vec adjust_p_values(std::span<const double> p_values, PAdjustment adjustment) {
  std::vector<Index> order;
  Vec adjusted = Eigen::Map<const Vec>(p_values.data(), std::ssize(p_values));
  for (Index i = 0; i < adjusted.size(); ++i) {
    if (std::isnan(adjusted[i])) continue;
    require(adjusted[i] >= 0 && adjusted[i] <= 1, "adjustment: p-values lie in [0, 1], got {}",
            adjusted[i]);
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return adjusted[a] < adjusted[b]; });
  const auto m = static_cast<double>(order.size());
  if (adjustment == PAdjustment::holm) {
    double bound = 0.0, tests = m;
    for (const Index i : order) {
      bound = std::max(bound, std::min(1.0, tests-- * adjusted[i]));
      adjusted[i] = bound;
    }
  } else {
    std::reverse(order.begin(), order.end());
    double bound = 1.0, tests = m;
    for (const Index i : order) {
      bound = std::min(bound, m / tests-- * adjusted[i]);
      adjusted[i] = bound;
    }
  }
  return adjusted;
}

}  // namespace mathtool::stats
