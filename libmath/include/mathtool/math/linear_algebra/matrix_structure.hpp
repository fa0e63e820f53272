#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct StructureOptions {
  /// Entries count as equal when they differ by ≤ tolerance · max |aᵢⱼ|, those of AᵀA and I by
  /// ≤ tolerance; ≥ 0, and 0 asks for equality.
  double tolerance = 1e-12;
};

struct [[nodiscard]] MatrixStructure {
  bool square = false;
  bool diagonal = false;               ///< zero off the diagonal; also of n × p
  bool identity = false;               ///< square, diagonal, ones
  bool upper = false;                  ///< triangular: zero below the diagonal
  bool lower = false;                  ///< triangular: zero above the diagonal
  bool symmetric = false;              ///< A = Aᵀ
  bool orthogonal = false;             ///< square and AᵀA = I
  bool positive_definite = false;      ///< symmetric, all eigenvalues > tolerance · the largest
  bool positive_semidefinite = false;  ///< symmetric, all eigenvalues ≥ −tolerance · the largest
  double asymmetry = 0.0;              ///< max |A − Aᵀ| / max |A|; NaN unless square
  double non_orthogonality = 0.0;      ///< max |AᵀA − I|; NaN unless square
  double tolerance = 0.0;              ///< that was applied
};

/// What kind of matrix A is, to within a tolerance. An empty matrix is diagonal and triangular.
///
/// Throws: DomainError if A is not finite or the tolerance is < 0.
/// Cost:   O(n³) for the eigenvalues of a symmetric matrix and for AᵀA, else n p.
MatrixStructure matrix_structure(const MatRef& A, const StructureOptions& options = {});

}  // namespace mathtool::math
