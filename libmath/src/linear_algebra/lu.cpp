#include "mathtool/math/linear_algebra/lu.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

Lu lu(const MatRef& A) {
  const Index n = A.rows(), p = A.cols(), k = std::min(n, p);
  require<DimensionError>(k >= 1, "lu: A must not be empty, got {} x {}", n, p);
  require(A.allFinite(), "lu: A contains NaN or infinite entries");
  Lu result;
  result.order.resize(static_cast<std::size_t>(n));
  std::iota(result.order.begin(), result.order.end(), Index{0});
  Mat W = A;
  for (Index j = 0; j < k; ++j) {
    Index below = 0;
    W.col(j).tail(n - j).cwiseAbs().maxCoeff(&below);
    const Index pivot = j + below;
    if (pivot != j) {
      W.row(j).swap(W.row(pivot));
      std::swap(result.order[static_cast<std::size_t>(j)],
                result.order[static_cast<std::size_t>(pivot)]);
      result.even = !result.even;
    }
    if (W(j, j) == 0) continue;  // the column is 0 already
    W.col(j).tail(n - j - 1) /= W(j, j);
    W.bottomRightCorner(n - j - 1, p - j - 1).noalias() -=
        W.col(j).tail(n - j - 1) * W.row(j).tail(p - j - 1);
  }
  result.L = W.leftCols(k).triangularView<Eigen::UnitLower>();
  result.U = W.topRows(k).triangularView<Eigen::Upper>();
  return result;
}

}  // namespace mathtool::math
