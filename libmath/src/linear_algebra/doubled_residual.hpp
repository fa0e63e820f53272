#pragma once

#include <vector>

#include "mathtool/math/types.hpp"
#include "padded_rows.hpp"

namespace mathtool::math {

/// B − A X with products and sums in doubled precision, rounded at the end.
class DoubledResidual {
 public:
  explicit DoubledResidual(const MatRef& A);

  /// Shapes: A is n × p, X is p × m, B is n × m.
  Mat operator()(const Mat& X, const Mat& B) const;

 private:
  struct Block {
    Lanes numbers;
  };
  Index rows_, columns_;
  std::vector<Block> blocks_;  ///< eight rows of column 0, the same of column 1, ...
};

}  // namespace mathtool::math
