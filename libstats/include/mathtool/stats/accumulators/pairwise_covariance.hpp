#pragma once

#include <cstdint>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"

namespace mathtool::stats {

/// Covariance of a stream of rows in which values may be missing (NaN). For every pair of columns
/// it keeps the weight, both means, both sums of squares and the product, centred, over the rows in
/// which both have values.
///
/// Error: that of two passes over the rows of a pair; means are carried to twice the working
///        precision.
/// Cost:  8 n p² flops; memory for 5 p² numbers.
/// Ref:   Chan, Golub & LeVeque (1983), applied to each pair.
class PairwiseCovariance {
 public:
  using Sample = Vec;

  PairwiseCovariance() = default;
  explicit PairwiseCovariance(Index columns);

  void push(const VecRef& row);
  /// One block. Weights are frequencies, one per row, or none: weight 2 equals the row twice.
  /// Throws: DimensionError unless widths and lengths agree; DomainError unless the weights are
  /// finite and ≥ 0.
  void push_rows(const RowMatRef& rows, const VecRef& weights = Vec());
  void merge(const PairwiseCovariance& other);

  std::int64_t count() const { return count_; }  ///< rows
  Index columns() const { return pairs_.rows(); }
  /// p × p, rows in which both columns have values, counted by their weights.
  const Mat& pair_counts() const { return pairs_; }

  Vec mean() const;  ///< p, each over the rows that have a value; NaN where there is none

  /// Each entry from the rows in which both columns have values, divisor (rows − 1); NaN where
  /// fewer than two have. May be indefinite: see `nearest_covariance`.
  CovarianceEstimate pairwise() const;

  /// p × p, not symmetric: (i, j) is the variance of column i over the rows that have i and j.
  Mat pair_variances() const;

  /// What imputing each column's mean gives: missing values deviate by 0, divisor (all rows − 1).
  CovarianceEstimate mean_imputed() const;

 private:
  math::DoubleDouble mean(Index i, Index j) const;
  void set_mean(Index i, Index j, const math::DoubleDouble& mean);

  std::int64_t count_ = 0;
  double weight_ = 0.0;  ///< of all rows
  Mat pairs_ = {};       ///< n(i,j)
  Mat means_ = {};       ///< mean of column i over the rows that have i and j, high part
  Mat means_low_ = {};   ///< low part
  Mat products_ = {};    ///< Σ (x_i − means(i,j)) (x_j − means(j,i))
  Mat squares_ = {};     ///< Σ (x_i − means(i,j))²
};

struct RepairedCovariance {
  Mat matrix = {};             ///< p × p, positive semidefinite
  double most_negative = 0.0;  ///< the eigenvalue that was furthest below zero; 0 if none was
};

/// Clips negative eigenvalues to zero and restores the diagonal. Shapes: C is p × p, symmetric.
/// Ref: Rebonato & Jäckel, The most general methodology to create a valid correlation matrix
/// (1999).
RepairedCovariance nearest_covariance(const MatRef& C);

}  // namespace mathtool::stats
