#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// Sums of columns as unevaluated pairs: the sum is high + low.
struct ColumnSums {
  Vec high = {}, low = {};  ///< p
};

/// Σ of each column, row after row, every rounding error carried along: the same bits on every
/// processor. Shapes: X is n × p. Error: see CompensatedSum. Cost: 6 n p flops.
ColumnSums column_sums(const RowMatRef& X);
/// The same by up to `threads` threads (0: all), each for fixed columns.
ColumnSums column_sums(const RowMatRef& X, int threads);

}  // namespace mathtool::math
