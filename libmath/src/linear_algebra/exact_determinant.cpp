#include "linear_algebra/exact_determinant.hpp"

#include <utility>
#include <vector>

namespace mathtool::math {

Integer exact_determinant(const MatRef& A) {
  const auto n = static_cast<std::size_t>(A.rows());
  std::vector<std::vector<Integer>> rows(n, std::vector<Integer>(n));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      rows[i][j] = Integer(A(static_cast<Index>(i), static_cast<Index>(j)));

  Integer divisor = 1;
  bool even = true;
  for (std::size_t k = 0; k + 1 < n; ++k) {
    std::size_t pivot = k;
    while (pivot < n && rows[pivot][k] == 0) ++pivot;
    if (pivot == n) return 0;
    if (pivot != k) {
      std::swap(rows[pivot], rows[k]);
      even = !even;
    }
    // After step k every entry is a minor of A, hence the division leaves no remainder.
    for (std::size_t i = k + 1; i < n; ++i)
      for (std::size_t j = k + 1; j < n; ++j)
        rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) / divisor;
    divisor = rows[k][k];
  }
  if (n == 0) return 1;
  return even ? rows[n - 1][n - 1] : Integer(-rows[n - 1][n - 1]);
}

}  // namespace mathtool::math
