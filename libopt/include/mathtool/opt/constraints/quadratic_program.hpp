#pragma once

#include <string>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"

namespace mathtool::opt {

/// A convex quadratic program; a linear one where H is 0.
///     min ½ xᵀHx + cᵀx,   E x = e,   A x ≤ b,   low ≤ x ≤ high
/// Without constraints of a kind, leave its matrix and vector empty.
struct QuadraticProgram {
  Mat H = {};  ///< n × n, symmetric, positive semidefinite; empty: 0
  Vec c = {};  ///< n
  Mat E = {};  ///< k × n
  Vec e = {};  ///< k
  Mat A = {};  ///< m × n
  Vec b = {};  ///< m
  Box box = {};

  /// Throws: DimensionError; DomainError for entries of H, c, E, A that are not finite, NaN in e or
  ///         b, an empty box.
  void validate() const;
};

/// Where it is least, and the multipliers that say so:
///     H x + c + Eᵀ equality + Aᵀ inequality + bound = 0
struct [[nodiscard]] QuadraticMinimum {
  Vec x = {};
  double value = 0;
  Vec equality = {};    ///< k, multipliers
  Vec inequality = {};  ///< m, ≥ 0; > 0 only where A x = b
  Vec bound = {};       ///< n; > 0 at the upper bound, < 0 at the lower, else 0
  int iterations = 0;   ///< constraints taken up or dropped
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// Solves it by the dual method of Goldfarb and Idnani: from the minimum without constraints one
/// violated constraint after the other is taken up, so that no feasible point is needed to begin.
/// Where H is singular, by proximal steps, which end at a minimum after finitely many.
///
/// Throws:  as `validate`; DomainError where H has a negative eigenvalue.
/// Returns: `converged`; `stalled` where no point satisfies the constraints, the reason names the
///          one that contradicts the others; `divergent` where there is no minimum, x then is the
///          direction in which the value falls for ever; `out_of_budget`.
/// Cost:    n³ for the factorisation, n² and more for each constraint taken up or dropped.
/// Ref:     Goldfarb & Idnani, A numerically stable dual method for solving strictly convex
///          quadratic programs (1983).
QuadraticMinimum minimize_quadratic(const QuadraticProgram& problem);

}  // namespace mathtool::opt
