#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "mathtool/math/constants.hpp"

namespace mathtool::stats {

inline std::vector<double> sorted(std::span<const double> x) {
  std::vector<double> result(x.begin(), x.end());
  std::sort(result.begin(), result.end());
  return result;
}

/// The middle of sorted values, of an even number the mean of the two in the middle.
inline double middle_of_sorted(std::span<const double> x) {
  if (x.empty()) return not_a_number;
  const std::size_t half = x.size() / 2;
  return x.size() % 2 == 1 ? x[half] : x[half - 1] / 2 + x[half] / 2;
}

inline double median_of(std::span<const double> x) { return middle_of_sorted(sorted(x)); }

}  // namespace mathtool::stats
