#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// Sums over rows of a design and y in doubled precision (32 digits), for normal equations whose
/// condition leaves a double too few: of squares and products of deviations from a shift.
///     s = Σ w d,   G = Σ w d dᵀ,   d = (x, y) − shift
///
/// Error: 2⁻¹⁰⁰ of Σ w |d||d|ᵀ. Cost: about 20 n p² flops; memory p².
/// Ref:   Ogita, Rump & Oishi, Accurate sum and dot product (2005).
class DoubledGram {
 public:
  DoubledGram() = default;
  /// `shift` has p + 1 entries, y last; near the means of the columns, 0 for an intercept.
  DoubledGram(std::vector<math::DesignTerm> products, Vec shift);

  /// Shapes: raw is n × raw columns, y has n entries, weights n or none.
  void push(const RowMatRef& raw, const VecRef& y, const Vec& weights);
  void merge(const DoubledGram& other);

  std::int64_t rows() const { return rows_; }
  double weight() const { return weight_; }
  Index size() const { return shift_.size(); }  ///< p + 1
  math::DoubleDouble mean(Index j) const;
  /// Σ w d_i d_j.
  math::DoubleDouble product(Index i, Index j) const {
    return gram_[i < j ? place(j, i) : place(i, j)];
  }
  /// Σ w (d_i − mean)(d_j − mean), or about 0.
  math::DoubleDouble centred(Index i, Index j) const;
  math::DoubleDouble uncentred(Index i, Index j) const;

 private:
  std::size_t place(Index i, Index j) const {
    return static_cast<std::size_t>(i * shift_.size() + j);
  }

  std::vector<math::DesignTerm> products_ = {};
  Vec shift_ = {};
  std::int64_t rows_ = 0;
  double weight_ = 0.0;
  std::vector<math::DoubleDouble> sums_ = {};
  std::vector<math::DoubleDouble> gram_ = {};  ///< lower triangle of a full square
};

}  // namespace mathtool::stats
