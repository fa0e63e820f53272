#include "complete_rows.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {

CompleteRows complete_rows(const MatRef& X, const Vec& weights) {
  const bool weighted = weights.size() > 0;
  require<DimensionError>(!weighted || weights.size() == X.rows(),
                          "rank correlation: {} weights for {} rows", weights.size(), X.rows());
  require(weights.allFinite() && (weights.array() >= 0).all(),
          "rank correlation: weights must be finite and >= 0");
  std::vector<Index> rows;
  for (Index i = 0; i < X.rows(); ++i)
    if (!X.row(i).hasNaN() && !(weighted && weights[i] == 0)) rows.push_back(i);
  return {X(rows, Eigen::all), weighted ? Vec(weights(rows)) : Vec::Ones(std::ssize(rows))};
}

}  // namespace mathtool::stats
