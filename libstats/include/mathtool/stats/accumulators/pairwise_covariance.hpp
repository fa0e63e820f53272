#pragma once

#include <cstdint>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"

namespace mathtool::stats {

/// Covariance of a stream of rows in which values may be missing (NaN). For every pair of columns
/// it keeps the count, both means and the centred product over the rows in which both have values.
///
/// Error: that of two passes over the rows of a pair; means are carried to twice the working
/// precision. Cost: 6 n p² flops; memory for 4 p² numbers. Ref:  Chan, Golub & LeVeque (1983),
/// applied to each pair.
class PairwiseCovariance {
 public:
  using Sample = Vec;

  PairwiseCovariance() = default;
  explicit PairwiseCovariance(Index columns);

  void push(const VecRef& row);
  void push_rows(const RowMatRef& rows);  ///< one block
  void merge(const PairwiseCovariance& other);

  std::int64_t count() const { return count_; }  ///< rows
  Index columns() const { return pairs_.rows(); }
  const Mat& pair_counts() const { return pairs_; }  ///< p × p, rows in which both have values

  Vec mean() const;  ///< p, each over the rows that have a value; NaN where there is none

  /// Each entry from the rows in which both columns have values, divisor (rows − 1); NaN where
  /// fewer than two have. May be indefinite: see `nearest_covariance`.
  CovarianceEstimate pairwise() const;

  /// What imputing each column's mean gives: missing values deviate by 0, divisor (all rows − 1).
  CovarianceEstimate mean_imputed() const;

 private:
  math::DoubleDouble mean(Index i, Index j) const;
  void set_mean(Index i, Index j, const math::DoubleDouble& mean);

  std::int64_t count_ = 0;
  Mat pairs_ = {};      ///< n(i,j)
  Mat means_ = {};      ///< mean of column i over the rows that have i and j, high part
  Mat means_low_ = {};  ///< low part
  Mat products_ = {};   ///< Σ (x_i − means(i,j)) (x_j − means(j,i))
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
