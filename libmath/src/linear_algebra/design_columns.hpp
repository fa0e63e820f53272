#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "linear_algebra/double_double_columns.hpp"
#include "mathtool/math/linear_algebra/least_squares.hpp"

namespace mathtool::math {

/// Forms the columns of a design, and y behind them, in doubled precision, a block of rows at a
/// time. Raw columns are taken as exact deviations from a centre, 0 by default. All stand in units,
/// powers of two near the largest entry, in which nothing overflows. A view: what it is made of
/// must outlive it.
class DesignColumns {
 public:
  /// Throws: DimensionError; DomainError for entries that are not finite or terms that name no
  /// column.
  DesignColumns(const MatRef& raw, std::span<const DesignTerm> terms, const VecRef& y)
      : DesignColumns(raw, terms, y, Vec::Zero(raw.cols())) {}
  DesignColumns(const MatRef& raw, std::span<const DesignTerm> terms, const VecRef& y, Vec centres);

  Index rows() const { return y_.size(); }
  Index columns() const { return std::ssize(terms_); }

  /// Rows first, first + 1, ... of (X, y); rows behind the last are 0.
  /// Shapes: block has p + 1 columns.
  void form(Index first, DoubleDoubleColumns& block) const;

  /// Binary exponents of the units of a raw column, of a column of X, and of y.
  int raw_exponent(Index j) const { return std::ilogb(raw_units_[j]); }
  int exponent(Index j) const { return exponents_[static_cast<std::size_t>(j)]; }
  int y_exponent() const { return y_exponent_; }

 private:
  const MatRef& raw_;
  std::span<const DesignTerm> terms_;
  const VecRef& y_;
  Vec raw_units_, centres_;
  std::vector<int> exponents_;
  int y_exponent_;
};

}  // namespace mathtool::math
