#pragma once

#include <cstdint>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"

namespace mathtool::stats {

/// Σ ‖x − x̄‖⁴ of a stream of rows beside their covariance, which it needs to merge: what the
/// Ledoit-Wolf intensity is made of, in one pass and O(p²) memory.
///
///     y = x − x̄,   Q = Σ ‖y‖⁴,   c = Σ ‖y‖² y,   S = Σ y yᵀ,   and about a centre moved by δ
///     Q ← Q + 4 δᵀc + 4 δᵀSδ + 2 δᵀδ tr S + W (δᵀδ)²,   c ← c + δ (tr S + W δᵀδ) + 2 Sδ
class FourthNorm {
 public:
  using Sample = Vec;

  void push(const VecRef& row) { push_rows(row.transpose()); }
  /// One block. Weights are frequencies, one per row, or none. Throws: as Covariance::push_block.
  void push_rows(const RowMatRef& rows, const VecRef& weights = Vec());
  void merge(const FourthNorm& other);

  std::int64_t count() const { return covariance_.count(); }  ///< rows
  const Covariance& covariance() const { return covariance_; }
  double fourths() const { return fourths_; }  ///< Σ w ‖x − x̄‖⁴

 private:
  math::DoubleDouble mean(Index j) const;
  void set_mean(Index j, const math::DoubleDouble& mean);
  void move_centre(const Vec& shift, const Mat& products, double weight);

  Covariance covariance_ = {};
  Vec mean_ = {}, mean_low_ = {};  ///< to twice the working precision
  Vec cubes_ = {};                 ///< Σ w ‖x − x̄‖² (x − x̄)
  double fourths_ = 0.0;
};

}  // namespace mathtool::stats
