#pragma once

#include <algorithm>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

constexpr Index lanes = 8;                 // columns that a kernel treats at once
constexpr Index most_padded_columns = 64;  // with 128 rows: 64 KiB, which stay in cache
constexpr Index padded_rows_at_once = 128;
using Lanes = double __attribute__((vector_size(lanes * sizeof(double)), may_alias));

constexpr Index padded_width(Index p) { return (p + lanes - 1) / lanes * lanes; }

/// A strip of rows, each filled up to whole lanes with zeros, for kernels whose bits must not
/// depend on the width of the processor's registers.
class PaddedRows {
 public:
  /// Pre: p ≤ most_padded_columns.
  explicit PaddedRows(Index p) : p_(p), width_(padded_width(p)) {
    std::fill_n(numbers_, padded_rows_at_once * width_, 0.0);
  }

  /// Takes n ≤ padded_rows_at_once rows.
  void copy(const double* rows, Index n, Index stride) {
    for (Index r = 0; r < n; ++r) std::copy_n(rows + r * stride, p_, numbers_ + r * width_);
  }

  /// The same as deviations from `centre`.
  void copy_deviations(const double* rows, Index n, Index stride, const double* centre) {
    for (Index r = 0; r < n; ++r)
      for (Index j = 0; j < p_; ++j) numbers_[r * width_ + j] = rows[r * stride + j] - centre[j];
  }

  Index width() const { return width_; }
  const Lanes* data() const { return reinterpret_cast<const Lanes*>(numbers_); }

 private:
  alignas(64) double numbers_[padded_rows_at_once * most_padded_columns];
  Index p_, width_;
};

}  // namespace mathtool::math
