#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

constexpr Index small_gram_columns = 64;

/// C += XᵀX, lower triangle, for p ≤ small_gram_columns: sums over 128 rows at a time, row after
/// row, in fixed lanes of eight columns. Shapes: X is n × p by rows with `stride` between them, C
/// is p × p.
void add_small_gram(const double* rows, Index n, Index p, Index stride, Mat& C);

}  // namespace mathtool::math
