#include "mathtool/math/linear_algebra/cholesky.hpp"

#include <fmt/core.h>

#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

Cholesky cholesky(const MatRef& A) {
  const Index n = A.rows();
  require<DimensionError>(A.cols() == n, "cholesky: A must be square, got {} x {}", n, A.cols());
  require(A.allFinite(), "cholesky: A contains NaN or infinite entries");
  const double rounding = static_cast<double>(n) * std::numeric_limits<double>::epsilon();
  Cholesky result;
  Mat& L = result.L;
  L = A.triangularView<Eigen::Lower>();
  for (Index j = 0; j < n; ++j) {
    auto column = L.col(j).tail(n - j);
    column.noalias() -= L.block(j, 0, n - j, j) * L.row(j).head(j).transpose();
    const double pivot = L(j, j);
    if (!(pivot > 0)) {
      result.status = Status::divergent;
      result.reason =
          fmt::format("A is not positive definite: its leading {} x {} block has the pivot {:.6g}",
                      j + 1, j + 1, pivot);
      L.resize(0, 0);
      return result;
    }
    if (pivot <= rounding * A(j, j) && result.status == Status::converged) {
      result.status = Status::suspicious;
      result.reason =
          fmt::format("pivot {} is {:.1e} of its diagonal entry: rounding could make it negative",
                      j + 1, pivot / A(j, j));
    }
    column /= std::sqrt(pivot);
  }
  return result;
}

}  // namespace mathtool::math
