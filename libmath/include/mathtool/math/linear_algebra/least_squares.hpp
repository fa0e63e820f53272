#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// One column of a design: the product of raw columns, each as often as it is listed. {} is the
/// constant 1, {0} the first raw column, {0, 0} its square, {0, 1} an interaction.
using DesignTerm = std::vector<Index>;

struct LeastSquaresOptions {
  /// A column is left out as dependent when its distance from the span of the columns before it is
  /// ≤ tolerance · its length; in [0, 1).
  double tolerance = 1e-13;
  std::span<const double> weights = {};  ///< n, each ≥ 0 and finite: minimise Σ wᵢ rᵢ²; none: all 1
  int max_refinements = 10;              ///< ≥ 1; one is the rule
  StopToken stop = {};
};

struct [[nodiscard]] LeastSquaresFit {
  Vec coefficients;     ///< p; 0 for a column that was left out
  Vec errors;           ///< p: bounds, estimated, of the rounding error of each coefficient
  Vec standard_errors;  ///< p; NaN where a column was left out or no degree of freedom is left
  std::vector<Index> dependent;  ///< columns left out, ascending
  Mat inverse_gram;              ///< p × p, (XᵀWX)⁻¹; zero in rows and columns left out
  Mat inverse_root;              ///< p × rank, R⁻¹ of √W X = Q R: inverse_gram is K Kᵀ
  Vec residuals;                 ///< n, y − X b
  double residual_sum_of_squares = 0.0;  ///< Σ wᵢ rᵢ²
  double residual_deviation = 0.0;       ///< √(sum of squares / degrees of freedom); NaN if none
  Index degrees_of_freedom = 0;          ///< rows of positive weight − columns kept
  int refinements = 0;                   ///< steps taken
  Status status = Status::out_of_budget;
  std::string reason = {};  ///< why it is not `converged`

  Index rank() const { return coefficients.size() - std::ssize(dependent); }
};

/// The coefficients b that minimise Σ wᵢ (yᵢ − Σⱼ xᵢⱼ bⱼ)². Design columns are formed from the raw
/// ones in doubled precision (32 digits), and so are the QR factorisation, block of rows by block
/// of rows, and the refinement by the residual. A matrix of rounded powers could not give the
/// coefficients of a polynomial of degree 10 more than seven digits; the raw columns give them all.
///     X = Q R,  b = R⁻¹ Qᵀy,  then  b ← b + R⁻¹ R⁻ᵀ Xᵀ(y − X b)  until the step is rounding
///
/// Shapes:  raw is n × q, y has n entries, the fit has p = terms.size() columns.
/// Throws:  DimensionError; DomainError for entries that are not finite, weights < 0, or a term
///          that names no raw column; Stopped.
/// Returns: `suspicious` where columns were left out, the reason numbers the first of them (from
///          0); `stalled` where refinement does not settle; `not_finite` where a product of raw
///          columns or a coefficient overflows.
/// Error:   `errors` regards the raw numbers as exact. What an error in y does to a coefficient is
///          the business of `standard_errors`.
/// Cost:    n p² multiplications of doubled precision, 3 n p per refinement; memory p² and n.
/// Ref:     Björck, Numerical Methods for Least Squares Problems (1996), §2.9.3; Demmel, Grigori,
///          Hoemmen & Langou, Communication-optimal QR (2012).
LeastSquaresFit least_squares(const MatRef& raw, std::span<const DesignTerm> terms, const VecRef& y,
                              const LeastSquaresOptions& options = {});

/// The same with the columns of X as they are: no constant is added.
LeastSquaresFit least_squares(const MatRef& X, const VecRef& y,
                              const LeastSquaresOptions& options = {});

/// The polynomial b₀ + b₁x + ... + b_d x^d of degree d ≥ 0 that fits best; coefficients from the
/// constant upward. It is fitted in powers of x − c, c the middle of the range, and expanded at the
/// end, so that years are as good as small numbers. Throws, returns: as `least_squares`.
LeastSquaresFit polynomial_least_squares(const VecRef& x, const VecRef& y, int degree,
                                         const LeastSquaresOptions& options = {});

}  // namespace mathtool::math
