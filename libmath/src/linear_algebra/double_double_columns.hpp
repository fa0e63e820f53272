#pragma once

#include <vector>

#include "linear_algebra/double_double_lanes.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

constexpr double doubled_u = 0x1p-100;  ///< of an operation on double-doubles, with a margin

/// A matrix of double-doubles stored by columns, each filled up to whole lanes with zeros.
class DoubleDoubleColumns {
 public:
  /// Zeros, n × p.
  DoubleDoubleColumns(Index n, Index p)
      : rows_(n),
        blocks_(padded_width(n) / lanes),
        columns_(p),
        numbers_(static_cast<std::size_t>(blocks_ * p)) {}

  Index rows() const { return rows_; }
  Index cols() const { return columns_; }

  DoubleDouble operator()(Index i, Index j) const {
    const DoubleDoubleLanes& block = column(j)[i / lanes];
    return {block.high[i % lanes], block.low[i % lanes]};
  }
  void set(Index i, Index j, const DoubleDouble& value) {
    DoubleDoubleLanes& block = column(j)[i / lanes];
    block.high[i % lanes] = value.high;
    block.low[i % lanes] = value.low;
  }

  DoubleDoubleLanes* column(Index j) { return numbers_.data() + j * blocks_; }
  const DoubleDoubleLanes* column(Index j) const { return numbers_.data() + j * blocks_; }

  /// aᵢᵀ aⱼ.
  DoubleDouble dot(Index i, Index j) const { return dot(i, *this, j); }
  /// aᵢᵀ bⱼ. Pre: as many rows.
  DoubleDouble dot(Index i, const DoubleDoubleColumns& other, Index j) const;

  /// aⱼ ← aⱼ + factor · aᵢ.
  void add_multiple(const DoubleDouble& factor, Index i, Index j) {
    add_multiple(factor, *this, i, j);
  }
  /// aⱼ ← aⱼ + factor · bᵢ. Pre: as many rows.
  void add_multiple(const DoubleDouble& factor, const DoubleDoubleColumns& other, Index i, Index j);

 private:
  Index rows_, blocks_, columns_;
  std::vector<DoubleDoubleLanes> numbers_;
};

}  // namespace mathtool::math
