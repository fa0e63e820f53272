#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The largest binary exponent of n numbers, each less its shift; 0 if all are 0.
template <class Number, class Shift>
int largest_exponent(Index n, Number number, Shift shift) {
  int largest = std::numeric_limits<int>::min();
  for (Index i = 0; i < n; ++i)
    if (number(i) != 0) largest = std::max(largest, std::ilogb(number(i)) - shift(i));
  return largest == std::numeric_limits<int>::min() ? 0 : largest;
}

/// A(i, j) = A'(i, j) · 2^(row(i) + column(j)), the largest entry of each row and column of A'
/// being about 1. Powers of two keep every bit; they are chosen before anything is divided, so that
/// nothing vanishes which counts.
struct Equilibrated {
  explicit Equilibrated(const MatRef& original) : A(original) {
    const Index n = A.rows(), p = A.cols();
    for (Index i = 0; i < n; ++i)
      rows.push_back(largest_exponent(
          p, [&](Index j) { return A(i, j); }, [](Index) { return 0; }));
    for (Index j = 0; j < p; ++j)
      columns.push_back(largest_exponent(
          n, [&](Index i) { return A(i, j); }, [&](Index i) { return row(i); }));
    for (Index j = 0; j < p; ++j)
      for (Index i = 0; i < n; ++i) A(i, j) = std::ldexp(A(i, j), -row(i) - column(j));
  }
  int row(Index i) const { return rows[static_cast<std::size_t>(i)]; }
  int column(Index j) const { return columns[static_cast<std::size_t>(j)]; }

  Mat A;
  std::vector<int> rows, columns;
};

}  // namespace mathtool::math
