#include "mathtool/math/linear_algebra/kronecker.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::math {

Mat kronecker(const MatRef& A, const MatRef& B) {
  Index rows = 0, columns = 0, entries = 0;
  const bool fits = !__builtin_mul_overflow(A.rows(), B.rows(), &rows) &&
                    !__builtin_mul_overflow(A.cols(), B.cols(), &columns) &&
                    !__builtin_mul_overflow(rows, columns, &entries);
  require<DimensionError>(fits, "kronecker: the product of {} x {} and {} x {} is too large",
                          A.rows(), A.cols(), B.rows(), B.cols());
  Mat result(rows, columns);
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i)
      result.block(i * B.rows(), j * B.cols(), B.rows(), B.cols()) = A(i, j) * B;
  return result;
}

}  // namespace mathtool::math
