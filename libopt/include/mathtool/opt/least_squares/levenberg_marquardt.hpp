#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/least_squares/loss.hpp"
#include "mathtool/opt/least_squares/nonlinear_fit.hpp"
#include "mathtool/opt/least_squares/residuals.hpp"

namespace mathtool::opt {

struct LevenbergMarquardtOptions {
  Box box = {};  ///< x never leaves it; x0 is moved into it
  Loss loss = Loss::linear;
  double loss_scale = 1;                 ///< c: a residual above it is large; > 0
  std::span<const double> weights = {};  ///< m, each ≥ 0 and finite; none: all 1
  double observations = 0;               ///< for the degrees of freedom; 0: rows of positive weight

  /// Converged when the step that would end at the minimum of the linear model changes no parameter
  /// by more than step_tol of its size, or of its standard error.
  double step_tol = 1e-12;
  /// Converged too when no step lowers the cost any more, and the residuals are orthogonal to the
  /// Jacobian to this cosine, or that step is no longer than this relative to x.
  double orthogonality_tol = 1e-6;
  std::int64_t max_iterations = 1000;  ///< of each descent, ≥ 0

  /// Descend from x0 once more, with other scales and shorter steps, where the first end is
  /// doubtful (not converged, parameters not determined or far away), or where that costs nothing
  /// worth counting. The lower end is the result.
  bool look_again = true;
  /// Parameters that r depends on linearly, if known: a second look solves for them first.
  std::vector<Index> linear = {};

  std::vector<std::string> names = {};  ///< of the parameters in sentences; none: x1, x2, ...
  RunControl run = {};

  /// Throws: DomainError, DimensionError.
  void validate(Index n) const;
};

/// The parameters x that minimise Σ wᵢ c² ρ((rᵢ(x)/c)²), with ρ(z) = z the sum of squares.
///     minimise ‖r + J h‖²  subject to  ‖D h‖ ≤ Δ,  x ← x + h,  D the lengths of J's columns
/// J is reduced to a triangle by Householder QR, block of rows by block of rows, the step comes
/// from the singular values of that triangle: JᵀJ is never formed. Near the minimum, where rounding
/// hides what a step gains, steps are taken on as long as they make the residuals more orthogonal
/// to J: parameters keep the digits that a comparison of sums of squares would halve. Bounds hold
/// parameters as long as the slope pushes against them.
///
/// Pre:     x0 finite and not empty.   Throws: DomainError, DimensionError; what r throws; Stopped.
/// Returns: `converged`: see the options. `suspicious`: it is, but J has not the full rank there:
///          the residuals do not determine the parameters that are named. `not_finite`: r or J at
///          the start. `stalled`: no step lowers the cost, and yet there is a slope. `divergent`:
///          the cost still falls where a parameter is beyond 1e20 times the start.
///          `out_of_budget`.
/// Error:   parameters to about 1e-12 of their size plus 1e-13 of their standard error.
/// Cost:    a Jacobian and O(m n²) an iteration; m n numbers of memory for plain residuals, n² and
///          a block a thread for blocked ones. The same bits for any number of threads.
/// Ref:     Moré, The Levenberg-Marquardt algorithm (1978); Bates & Watts, Nonlinear Regression
///          Analysis (1988), §2.2 on the orthogonality.
NonlinearFit levenberg_marquardt(Residuals r, const VecRef& x0,
                                 const LevenbergMarquardtOptions& options = {});

}  // namespace mathtool::opt
