#include "mathtool/math/linear_algebra/matrix_power.hpp"

#include <limits>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/norm.hpp"
#include "mathtool/math/linear_algebra/solve.hpp"
#include "mathtool/math/matrix_products.hpp"

namespace mathtool::math {
namespace {

Mat power_of(Mat base, unsigned long long exponent) {
  Mat result = Mat::Identity(base.rows(), base.cols());
  while (true) {
    if (exponent & 1) result = multiply(result, base);
    exponent >>= 1;
    if (exponent == 0) return result;
    base = multiply(base, base);
  }
}

bool whole_numbers(const MatRef& A) { return (A.array() == A.array().round()).all(); }

}  // namespace

MatrixFunction matrix_power(const MatRef& A, long long exponent) {
  const Index n = A.rows();
  require<DimensionError>(A.cols() == n, "matrix_power: A must be square, got {} x {}", n,
                          A.cols());
  require(A.allFinite(), "matrix_power: A contains NaN or infinite entries");
  MatrixFunction result;
  Mat base = A;
  double base_error = 0.0;
  if (exponent < 0) {
    const LinearSolution inverted = inverse(A);
    base = inverted.X;
    base_error = inverted.error;
    result.status = inverted.status;
    result.reason = inverted.reason;
    if (!base.allFinite()) {
      result.value = base;
      result.error = std::numeric_limits<double>::infinity();
      return result;
    }
  }
  const unsigned long long times = exponent < 0 ? 0ULL - static_cast<unsigned long long>(exponent)
                                                : static_cast<unsigned long long>(exponent);
  result.value = power_of(base, times);
  // No partial sum on the way exceeds the entries of |A|ᵏ.
  const Mat sizes = power_of(base.cwiseAbs(), times);
  const double count = static_cast<double>(times);
  if (exponent < 0 || !whole_numbers(A) || !(norm(sizes, Norm::max) <= 0x1p53))
    result.error =
        count * (base_error + static_cast<double>(n) * unit_roundoff) * norm(sizes, Norm::one);
  if (!result.value.allFinite()) {
    result.status = Status::not_finite;
    result.reason = "entries of the power are beyond the range of a double";
  }
  return result;
}

}  // namespace mathtool::math
