#pragma once

#include <span>

#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// Coefficients b of a fit and a root of (XᵀWX)⁻¹, kept about the centre of the data so that
/// variances far from the origin keep their digits.
///     η = xᵀb,   (XᵀWX)⁻¹ = u uᵀ / W + F Fᵀ
/// with u = (1, 0, ..., 0), W the sum of the weights and F the root less what the intercept takes.
struct LinearPredictor {
  bool intercept = true;  ///< column 0 is the constant 1
  Vec coefficients = {};  ///< p; 0 for a column that was left out
  Vec centre = {};        ///< p; weighted means of the columns, 1 for the intercept; 0 without one
  Mat root = {};          ///< p × r; row 0 is 0 where there is an intercept
  double weight = 0.0;    ///< Σ w

  /// x multiplied out, as `Design::expand` gives it.
  double value(const VecRef& x) const { return coefficients.dot(x); }

  /// h = xᵀ(XᵀWX)⁻¹x, of one row of weight 1.
  double leverage(const VecRef& x) const;
  /// A g with |g|² = h: for sums over rows in coordinates in which nothing is correlated.
  Vec whitened(const VecRef& x) const;

  /// p × (r + 1), or r without intercept: a K with (XᵀWX)⁻¹ = K Kᵀ that takes sums over whitened
  /// rows back to coefficients.
  Mat full_root() const;
  Mat inverse_gram() const;  ///< (XᵀWX)⁻¹
};

/// Σ b_j x_j in doubled precision, the x_j products of raw columns: what is left when a polynomial
/// all but cancels keeps its digits. `y` minus it, with y = 0 the value with opposite sign.
double doubled_residual(double y, const VecRef& coefficients, const VecRef& raw,
                        std::span<const math::DesignTerm> products);

}  // namespace mathtool::stats
