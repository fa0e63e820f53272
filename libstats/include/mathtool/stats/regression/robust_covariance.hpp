#pragma once

#include <span>
#include <string_view>

#include "mathtool/math/types.hpp"
#include "mathtool/stats/regression/linear_regression.hpp"

namespace mathtool::stats {

/// How the squared residual of a row stands for the variance of its error; h is its leverage.
enum class RobustKind {
  hc0,  ///< e²
  hc1,  ///< e² n / (n − p)
  hc2,  ///< e² / (1 − h)
  hc3   ///< e² / (1 − h)²
};
std::string_view to_string(RobustKind kind);
/// HC0, HC1, HC2, HC3, in letters of any case. Throws: DomainError.
RobustKind parse_robust_kind(std::string_view word);

/// What a second look at the rows gives for standard errors that do not suppose one variance of all
/// errors (heteroscedasticity-consistent, "sandwich"):
///     V = (XᵀX)⁻¹ Xᵀ diag(ω) X (XᵀX)⁻¹
/// Ref: White (1980); MacKinnon & White, Some heteroskedasticity-consistent covariance matrix
///      estimators with improved finite sample properties (1985).
class RobustSums {
 public:
  RobustSums() = default;
  /// `fit` must outlive it.
  RobustSums(RobustKind kind, const LinearRegression& fit);

  /// Rows multiplied out and their residuals; weights are frequencies.
  void push(const RowMatRef& X, const VecRef& residuals, const Vec& weights);
  void merge(const RobustSums& other);

  /// V, p × p; zero where a column was left out. A row of leverage 1 makes it NaN under hc2 and
  /// hc3.
  Mat covariance() const;
  Vec standard_errors() const;  ///< roots of its diagonal, whatever their scale
  /// F of the hypothesis that all coefficients but the intercept are 0, by V.
  double f_statistic() const;

 private:
  Mat meat() const;

  RobustKind kind_ = RobustKind::hc3;
  const LinearRegression* fit_ = nullptr;
  Mat sums_ = {};  ///< Σ ω g gᵀ over whitened rows g
};

}  // namespace mathtool::stats
