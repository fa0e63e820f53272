#pragma once

#include <cstdint>

#include "mathtool/math/column_sums.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// Mean and covariance matrix, however they were come by.
struct CovarianceEstimate {
  Vec mean = {};                  ///< p
  Mat matrix = {};                ///< p × p, symmetric
  std::int64_t observations = 0;  ///< rows behind it (for weighted rows the sum of the weights)
};

/// Mean and covariance of a stream of rows in O(p²) memory. Rows are gathered into blocks of
/// 1024, counted from the first; each block is centred on its own mean, multiplied, and
/// merged, so that the result depends on the sequence of rows and not on how they were pushed.
///
///     S = Σ (x − x̄)(x − x̄)ᵀ,   S ← S_a + S_b + δδᵀ W_a W_b / (W_a + W_b),   δ = x̄_b − x̄_a
///
/// Error: that of two passes over the data; means are carried to twice the working precision.
/// Cost:  n p² flops; memory for p² numbers and one block.
/// Ref:   Chan, Golub & LeVeque, Algorithms for computing the sample variance (1983), eq. 2.1.
class Covariance {
 public:
  using Sample = Vec;
  static constexpr Index narrow = 256;  ///< columns up to which one thread multiplies a block

  /// Takes its width from the first row. Up to `threads` (0: all) share the work of a block of more
  /// than `narrow` columns; the bits do not depend on it.
  Covariance() = default;
  explicit Covariance(Index columns, int threads = 1);

  /// Throws: DimensionError if the width differs from that of the first row.
  void push(const VecRef& row);
  void push_rows(const RowMatRef& rows);
  /// Frequency weights, one per row: weight 2 equals pushing the row twice. Throws: DomainError
  /// unless all are finite and ≥ 0.
  void push_rows(const RowMatRef& rows, const VecRef& weights);

  /// The same, but up to `narrow` columns these rows form a block of their own and are multiplied
  /// at once: for the parallel step of a reader whose blocks are fixed, with `merge` for the serial
  /// one. Wider rows wait for `merge`, which gathers them and lets all threads share the work. An
  /// empty vector stands for no weights.
  void push_block(const RowMatRef& rows, const VecRef& weights = Vec());
  void push_block(RowMat&& rows, const VecRef& weights = Vec());  ///< may take the rows over

  void merge(const Covariance& other);

  std::int64_t count() const { return count_; }  ///< rows
  double weight() const;                         ///< sum of the weights; without weights the rows
  Index columns() const { return columns_; }

  Vec mean() const;    ///< p; NaN for an empty stream
  Mat matrix() const;  ///< p × p, divisor weight − 1; NaN unless weight > 1
  CovarianceEstimate estimate() const&;
  CovarianceEstimate estimate() &&;  ///< without a copy of the matrix; nothing is left here

 private:
  /// Sum of weights, mean (high + low part) and centred products (lower triangle) of some rows.
  struct Sums {
    double weight = 0.0;
    Vec mean, mean_low;
    Mat products;

    void set_means(const math::ColumnSums& sums);
  };

  void accept(const RowMatRef& rows, const VecRef& weights);
  void gather(const RowMatRef& rows, const VecRef& weights);
  void flush();
  Sums total() const;
  CovarianceEstimate finish(Sums&& sums) const;
  void absorb(const RowMatRef& rows);
  void absorb_in_place(RowMat& rows);
  void absorb_weighted(const RowMatRef& rows, const VecRef& weights);
  Sums means_of(const RowMatRef& rows) const;
  Mat& products();
  void add(const Sums& block);

  Index columns_ = 0;
  int threads_ = 1;
  std::int64_t count_ = 0;
  Sums sums_ = {};
  RowMat pending_ = {};       ///< rows of an unfinished block
  Vec pending_weights_ = {};  ///< empty while none was given for them
  Index pending_rows_ = 0;
};

}  // namespace mathtool::stats
