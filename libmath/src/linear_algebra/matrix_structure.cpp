#include "mathtool/math/linear_algebra/matrix_structure.hpp"

#include <algorithm>
#include <limits>

#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/symmetric_eigen.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

double largest(const Mat& A) { return A.size() == 0 ? 0.0 : A.cwiseAbs().maxCoeff(); }

}  // namespace

MatrixStructure matrix_structure(const MatRef& A, const StructureOptions& options) {
  require(options.tolerance >= 0, "matrix_structure: tolerance must be >= 0, got {}",
          options.tolerance);
  require(A.allFinite(), "matrix_structure: A contains NaN or infinite entries");
  const Index n = A.rows();
  const double unit = power_of_two_near(largest(A));
  const Mat B = A / unit;
  const double slack = options.tolerance * largest(B);

  MatrixStructure is;
  is.tolerance = options.tolerance;
  is.square = A.cols() == n;
  is.upper = largest(B.triangularView<Eigen::StrictlyLower>()) <= slack;
  is.lower = largest(B.triangularView<Eigen::StrictlyUpper>()) <= slack;
  is.diagonal = is.upper && is.lower;
  is.asymmetry = is.non_orthogonality = std::numeric_limits<double>::quiet_NaN();
  if (!is.square) return is;

  is.identity = largest(A - Mat::Identity(n, n)) <= options.tolerance;
  const double gap = largest(B - B.transpose());
  is.asymmetry = gap > 0 ? gap / largest(B) : 0.0;
  is.symmetric = is.asymmetry <= options.tolerance;
  const double wide = std::max(unit, 1.0);  // so that AᵀA does not overflow before I is taken off
  is.non_orthogonality =
      largest(multiply_transposed(A / wide, A / wide) - Mat::Identity(n, n) / wide / wide) * wide *
      wide;
  is.orthogonal = is.non_orthogonality <= options.tolerance;
  if (is.symmetric && n > 0) {
    const Vec values = symmetric_eigen((B + B.transpose()) / 2, {.vectors = false}).values;
    const double limit = options.tolerance * values.cwiseAbs().maxCoeff();
    is.positive_definite = values[n - 1] > limit;
    is.positive_semidefinite = values[n - 1] >= -limit;
  }
  return is;
}

}  // namespace mathtool::math
