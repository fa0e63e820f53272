#pragma once

#include <vector>

#include "linear_algebra/double_double_columns.hpp"

namespace mathtool::math {

/// What makes a column (alpha, tail) into (diagonal, 0): I − factor v vᵀ with v = (head, tail).
/// Pre: tail_squares > 0.
struct HouseholderReflection {
  HouseholderReflection(const DoubleDouble& alpha, const DoubleDouble& tail_squares);
  DoubleDouble diagonal, head, factor;
};

/// The triangle R of X = Q R for an X that arrives in blocks of rows, to 32 digits.
/// Ref: Demmel, Grigori, Hoemmen & Langou, Communication-optimal QR (2012), §2.
class DoubleDoubleTriangle {
 public:
  explicit DoubleDoubleTriangle(Index p) : R_(p, p) {}

  /// Appends the rows of `block` to X; the block is used up. Shapes: block is m × p.
  void absorb(DoubleDoubleColumns& block);

  /// p × p, upper triangular, diagonal of any sign.
  const DoubleDoubleColumns& R() const { return R_; }

 private:
  DoubleDoubleColumns R_;
};

/// The triangle after columns that depend on the ones before them were left out.
struct IndependentColumns {
  std::vector<Index> kept, dependent;  ///< both ascending
  std::vector<double> distance;        ///< of each dependent column, relative to its length
  DoubleDoubleColumns R;               ///< r × r for the r columns that were kept
  DoubleDoubleColumns projection;      ///< r × 1, Qᵀy
};

/// Of the triangle of (X, y), y being the last column: the columns of X whose distance from the
/// span of the columns kept before is > tolerance · their length.
IndependentColumns independent_columns(const DoubleDoubleColumns& R, double tolerance);

/// b_k ← R⁻¹ b_k.
void solve_upper(const DoubleDoubleColumns& R, DoubleDoubleColumns& B, Index k);

/// b_k ← R⁻ᵀ b_k.
void solve_upper_transposed(const DoubleDoubleColumns& R, DoubleDoubleColumns& B, Index k);

}  // namespace mathtool::math
