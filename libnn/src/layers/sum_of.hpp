#pragma once

#include "sum_in_lanes.hpp"

namespace mathtool::nn {

/// The sum of n numbers in one order, wherever they stand in memory: that of Eigen's sum of a map
/// depends on how its first number is aligned.
template <class T>
T sum_of(const T* numbers, Index n) {
  return static_cast<T>(sum_in_lanes(n, [&](Index i) { return static_cast<double>(numbers[i]); }));
}

}  // namespace mathtool::nn
