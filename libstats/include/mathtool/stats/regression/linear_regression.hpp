#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/regression/doubled_gram.hpp"
#include "mathtool/stats/regression/linear_predictor.hpp"

namespace mathtool::stats {

/// How a linear regression was computed.
enum class RegressionMethod {
  normal_equations,          ///< from a covariance matrix
  doubled_normal_equations,  ///< from sums in doubled precision
  qr                         ///< of the rows, in doubled precision, with iterative refinement
};
std::string_view to_string(RegressionMethod method);

/// y = X b + e by least squares, with what is known of b where the errors e are independent, of
/// mean 0 and of one variance. Weights are frequencies: a row of weight 2 is two rows.
struct [[nodiscard]] LinearRegression {
  LinearPredictor predictor = {};
  Vec standard_errors = {};         ///< p; NaN where a column was left out or no freedom is left
  std::vector<Index> aliased = {};  ///< columns that depend on those before them and were left out
  double observations = 0.0;        ///< n: rows, or the sum of the weights
  double df_residual = 0.0;         ///< n − rank
  double rss = 0.0;                 ///< Σ w (y − Xb)²
  double tss = 0.0;                 ///< Σ w (y − ȳ)²; without an intercept Σ w y²
  double residual_sd = 0.0;         ///< √(rss / df_residual), NaN without freedom
  double r_squared = 0.0, adj_r_squared = 0.0;
  double f_statistic = 0.0, f_df = 0.0, f_p_value = 0.0;  ///< all but the intercept are 0; NaN
                                                          ///< where there is nothing else
  double log_likelihood = 0.0;                            ///< of normal errors
  double aic = 0.0, bic = 0.0;  ///< the standard deviation counts as a parameter
  RegressionMethod method = RegressionMethod::qr;
  /// How near the columns come to depending on each other: the least distance of one from those
  /// before it, relative to its own deviation. A fit by plain normal equations has lost about
  /// 2 log₁₀(1 / least_distance) digits.
  double least_distance = 1.0;
  Status status = Status::converged;
  std::string reason = {};

  Index rank() const { return predictor.coefficients.size() - std::ssize(aliased); }
  double p_value(Index j) const;  ///< of b_j = 0, two-sided, by Student's t
};

/// From rows in memory, the design formed from raw columns and factorised in doubled precision: as
/// many digits as the numbers have.
///
/// Shapes: raw is n × q, y has n entries, weights n or none; p = products.size() columns, {} first
///         for an intercept.
/// Throws: DimensionError; DomainError for what is not finite; InsufficientDataError for fewer rows
///         than columns and for a y that does not vary.
/// Cost:   n p² operations in doubled precision.
/// Ref:    Draper & Smith, Applied Regression Analysis (1998), ch. 5; Björck, Numerical Methods for
///         Least Squares Problems (1996), §2.9.
LinearRegression fit_linear(const MatRef& raw, std::span<const math::DesignTerm> products,
                            const VecRef& y, const Vec& weights = {},
                            const math::LeastSquaresOptions& options = {});

/// From a covariance matrix of the columns behind the intercept, y last: O(p³), whatever the number
/// of rows.
/// Throws: InsufficientDataError, as above.
/// Error:  where `is_precise` says no, ask for sums in doubled precision.
LinearRegression fit_linear(const Covariance& covariance, bool intercept);

/// From sums in doubled precision, all columns with the intercept first.
LinearRegression fit_linear(const DoubledGram& sums, bool intercept);

/// Whether a fit from a covariance kept about twelve digits.
bool is_precise(const LinearRegression& fit);

}  // namespace mathtool::stats
