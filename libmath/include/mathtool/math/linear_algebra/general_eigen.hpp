#pragma once

#include <string>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

using ComplexVec = Eigen::VectorXcd;
using ComplexMat = Eigen::MatrixXcd;
using ComplexMatRef = Eigen::Ref<const ComplexMat>;

struct [[nodiscard]] GeneralEigen {
  ComplexVec values;   ///< n, by descending magnitude, of a conjugate pair the upper one first
  ComplexMat vectors;  ///< n × n, columns of length 1, the largest entry real and positive
  Vec errors;          ///< n: bounds, estimated, of |value − exact|
  double residual = 0.0;  ///< max over columns of ‖A v − λ v‖₂ / ‖A‖, measured, Frobenius norm
  Status status = Status::converged;
  std::string reason = {};  ///< why it is not `converged`
};

/// Eigenvalues and right eigenvectors of a square matrix, symmetric or not, by the QR algorithm
/// after balancing. For symmetric matrices `symmetric_eigen` is faster and its vectors are
/// orthogonal.
///
/// Shapes:  A is n × n, n ≥ 1.  Throws: DimensionError; DomainError if A is not finite.
/// Returns: `suspicious` where an eigenvalue is known to fewer than half its digits (against ‖A‖),
///          as at defective matrices: several eigenvalues and their vectors then nearly coincide;
///          `out_of_budget` where the QR algorithm gives up.
/// Error:   ‖A‖ 4 n u / |yᴴx| for left and right eigenvectors y and x of length 1, at most
///          ‖A‖ (4 n u)^(1/n), which holds for defective ones.
/// Cost:    about 25 n³ flops.
/// Ref:     Golub & Van Loan, Matrix Computations (2013), §7.2, §7.5.
GeneralEigen general_eigen(const MatRef& A);
GeneralEigen general_eigen(const ComplexMatRef& A);

}  // namespace mathtool::math
