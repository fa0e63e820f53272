#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace mathtool::stats {

inline std::vector<double> sorted(std::span<const double> x) {
  std::vector<double> result(x.begin(), x.end());
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace mathtool::stats
