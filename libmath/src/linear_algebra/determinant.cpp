#include "mathtool/math/linear_algebra/determinant.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "linear_algebra/double_double_columns.hpp"
#include "linear_algebra/exact_determinant.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

/// A product of double-doubles that neither overflows nor vanishes: value · 2^exponent.
struct ScaledProduct {
  DoubleDouble value{1.0};
  int exponent = 0;

  void multiply(const DoubleDouble& factor) {
    value = value * factor;
    const int shift = value.high != 0 ? std::ilogb(value.high) : 0;
    value = {std::ldexp(value.high, -shift), std::ldexp(value.low, -shift)};
    exponent += shift;
  }
};

/// The pivots of Gaussian elimination and the error that each may have.
class Elimination {
 public:
  /// Rows are scaled by powers of two, which `exponent` sums up.
  explicit Elimination(const MatRef& A) : n_(A.rows()), W_(n_, n_), multipliers_(n_, 1) {
    for (Index i = 0; i < n_; ++i) {
      const double unit = power_of_two_near(A.row(i).cwiseAbs().maxCoeff());
      exponent_ += std::ilogb(unit);
      for (Index j = 0; j < n_; ++j) W_.set(i, j, {A(i, j) / unit});
    }
    columns_ = Vec::Zero(n_);
    for (Index j = 0; j < n_; ++j)
      for (Index i = 0; i < n_; ++i) columns_[j] = std::max(columns_[j], std::abs(W_(i, j).high));
  }

  /// Makes step k; gives the pivot, with the sign of the exchange of rows.
  DoubleDouble step(Index k) {
    Index pivot = k;
    for (Index i = k; i < n_; ++i) {
      const double size = std::abs(W_(i, k).high);
      growth_ = std::max(growth_, size);
      if (size > std::abs(W_(pivot, k).high)) pivot = i;
    }
    const DoubleDouble value = W_(pivot, k);
    smallest_ = std::min(smallest_, std::abs(value.high) / columns_[k]);
    if (value.high == 0) return value;
    if (pivot != k)
      for (Index j = k; j < n_; ++j) {
        const DoubleDouble upper = W_(k, j);
        W_.set(k, j, W_(pivot, j));
        W_.set(pivot, j, upper);
      }
    for (Index i = 0; i < n_; ++i)
      multipliers_.set(i, 0, i > k ? W_(i, k) / value : DoubleDouble{});
    for (Index j = k + 1; j < n_; ++j) W_.add_multiple(-W_(k, j), multipliers_, 0, j);
    return pivot == k ? value : -value;
  }

  int exponent() const { return exponent_; }
  /// What rounding may have done to a pivot.
  double pivot_error() const {
    const double n = static_cast<double>(n_);
    return n * n * doubled_u * growth_;
  }
  /// The smallest pivot, relative to the largest entry of its column.
  double smallest_pivot() const { return smallest_; }

 private:
  Index n_;
  DoubleDoubleColumns W_, multipliers_;
  Vec columns_;  ///< largest entries
  int exponent_ = 0;
  double growth_ = 0.0, smallest_ = std::numeric_limits<double>::infinity();
};

constexpr Index largest_exact = 64;  // rows; takes some tens of milliseconds

bool whole_numbers(const MatRef& A) {
  return (A.array() == A.array().round() && A.array().abs() <= 0x1p53).all();
}

}  // namespace

Estimate determinant(const MatRef& A, const StopToken& stop) {
  const Index n = A.rows();
  require<DimensionError>(A.cols() == n, "determinant: A must be square, got {} x {}", n, A.cols());
  require(A.allFinite(), "determinant: A contains NaN or infinite entries");
  if (n <= largest_exact && whole_numbers(A)) {
    const Integer exact = exact_determinant(A);
    Estimate whole{.value = exact.convert_to<double>(), .status = Status::converged};
    if (std::isfinite(whole.value)) {
      whole.error = Integer(abs(exact - Integer(whole.value))).convert_to<double>();
      return whole;
    }
  }

  Elimination elimination(A);
  std::vector<DoubleDouble> pivots;
  ScaledProduct product;
  for (Index k = 0; k < n; ++k) {
    stop.check();
    pivots.push_back(elimination.step(k));
    product.multiply(pivots.back());
  }
  const int exponent = product.exponent + elimination.exponent();

  // |Π(uᵢ + δ) − Π uᵢ| ≤ Π max(|uᵢ|, δ) · Σ δ / max(|uᵢ|, δ), to first order.
  const double pivot_error = elimination.pivot_error();
  ScaledProduct bound;
  double relative = 0.0;
  for (const DoubleDouble& pivot : pivots) {
    const double size = std::max(std::abs(pivot.high), pivot_error);
    if (size == 0) continue;  // of a zero matrix
    bound.multiply({size});
    relative += pivot_error / size;
  }
  bound.multiply({relative});

  Estimate result;
  result.status = Status::converged;
  result.value = std::ldexp(product.value.high, exponent);
  const double elimination_error =
      std::ldexp(bound.value.high, bound.exponent + elimination.exponent());
  result.error = elimination_error + unit_roundoff * std::abs(result.value);
  if (!std::isfinite(result.value) || (result.value == 0 && product.value.high != 0)) {
    result.status = Status::not_finite;
    result.reason =
        fmt::format("the determinant, about {}1e{:.1f}, is beyond the range of a double",
                    product.value.high < 0 ? "-" : "",
                    std::log10(std::abs(product.value.high)) + exponent * std::log10(2.0));
  } else if (result.error >= std::abs(result.value) && result.error > 0) {
    result.status = Status::suspicious;
    result.reason =
        fmt::format("the error, {:.1e}, reaches the value: A may be singular", result.error);
  } else if (elimination.smallest_pivot() <= 2 * static_cast<double>(n) * unit_roundoff) {
    result.status = Status::suspicious;
    result.reason = fmt::format(
        "a pivot is {:.1e} of its column: if the entries of A are rounded, A may be singular",
        elimination.smallest_pivot());
  }
  return result;
}

}  // namespace mathtool::math
