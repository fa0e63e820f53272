#pragma once

#include "mathtool/math/types.hpp"
#include "padded_rows.hpp"

namespace mathtool::math {

constexpr Index small_gram_columns = most_padded_columns;

/// C += (X − 1cᵀ)ᵀ(X − 1cᵀ), lower triangle, for p ≤ small_gram_columns: sums over 128 rows at a
/// time, row after row, in fixed lanes of eight columns. Shapes: X is n × p by rows with `stride`
/// between them, `centre` has p entries or is null for 0, C is p × p.
void add_small_gram(const double* rows, Index n, Index p, Index stride, const double* centre,
                    Mat& C);

}  // namespace mathtool::math
