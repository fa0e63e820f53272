#pragma once

#include <cmath>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// Scales A ← D⁻¹ A D by a diagonal D of powers of two, which is returned, until rows and columns
/// of the same number have about the same length: eigenvalues stay, their errors shrink.
/// Ref: James, Langou & Lowery, On matrix balancing and eigenvector computation (2014),
/// Algorithm 3.
template <class Matrix>
Vec balance(Matrix& A) {
  Vec scale = Vec::Ones(A.rows());
  for (bool changed = true; changed;) {
    changed = false;
    for (Index i = 0; i < A.rows(); ++i) {
      const double column = A.col(i).norm(), row = A.row(i).norm();
      if (column == 0 || row == 0) continue;
      // The power of two nearest to √(row / column), of which rounding may be off by one: then the
      // sum does not shrink, and nothing is done.
      const double factor = std::exp2(std::round(std::log2(row / column) / 2));
      const double after = std::hypot(column * factor, row / factor);
      if (!(after < 0.95 * std::hypot(column, row))) continue;
      scale[i] *= factor;
      A.col(i) *= factor;
      A.row(i) /= factor;
      changed = true;
    }
  }
  return scale;
}

}  // namespace mathtool::math
