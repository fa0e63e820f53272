#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// Rows without NaN and of weight above 0, and their weights: ones where none were given.
struct CompleteRows {
  Mat X;
  Vec weights;
};

/// Shapes: X is n × p. Throws: DimensionError unless there are n weights or none; DomainError
/// unless they are finite and ≥ 0.
CompleteRows complete_rows(const MatRef& X, const Vec& weights);

}  // namespace mathtool::stats
