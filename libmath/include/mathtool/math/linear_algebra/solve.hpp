#pragma once

#include <string>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct SolveOptions {
  int max_refinements = 10;  ///< ≥ 0; two or three are the rule
};

struct [[nodiscard]] LinearSolution {
  Mat X;                   ///< n × m, one solution per column of B
  double error = 0.0;      ///< bound, estimated, of max |X − exact| / max |X|, worst column
  double condition = 0.0;  ///< estimate of ‖A‖₁ ‖A⁻¹‖₁ after scaling of rows and columns
  int refinements = 0;  ///< steps taken
  Status status = Status::out_of_budget;
  std::string reason = {};  ///< why it is not `converged`
};

/// Solves A X = B by LU with partial pivoting and iterative refinement, the residual in doubled
/// precision: as long as A is not singular to working precision, X is right to nearly all digits.
///     d = (L U)⁻¹ (B − A X),  X ← X + d,  until d is rounding
///
/// Shapes:  A is n × n, B is n × m.  Throws: DimensionError; DomainError if A or B is not finite.
/// Returns: `suspicious` where A is singular to working precision; X then is the shortest of all X
///          that minimise ‖A X − B‖₂, and the reason says whether it solves the equations;
///          `stalled` where refinement does not settle; `not_finite` where X overflows.
/// Cost:    2n³/3 flops and 4 n² m products in doubled precision per refinement.
/// Ref:     Higham, Accuracy and Stability of Numerical Algorithms (2002), §12.1, §15.
LinearSolution solve(const MatRef& A, const MatRef& B, const SolveOptions& options = {});

/// A⁻¹, by `solve` with the identity.
///
/// Shapes:  A is n × n.  Throws: as `solve`.
/// Returns: `divergent` and NaN where A is singular to working precision, else as `solve`.
LinearSolution inverse(const MatRef& A, const SolveOptions& options = {});

}  // namespace mathtool::math
