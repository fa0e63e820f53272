#include "linear_algebra/doubled_residual.hpp"

#include <algorithm>

#include "linear_algebra/double_double_lanes.hpp"
#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

/// sum ← sum − Σ aⱼ xⱼ.
MATHTOOL_MULTIVERSION
void subtract_products(const Lanes* a, const double* x, Index p, DoubleDoubleLanes& sum) {
  DoubleDoubleLanes rest = sum;
  for (Index j = 0; j < p; ++j) {
    const Lanes factor = Lanes{} - x[j];
    const Lanes product = a[j] * factor;
    Lanes error;
    product_error(a[j], factor, product, error);
    add(rest, product, error);
  }
  sum = rest;
}

}  // namespace

DoubledResidual::DoubledResidual(const MatRef& A)
    : rows_(A.rows()),
      columns_(A.cols()),
      blocks_(static_cast<std::size_t>(padded_width(A.rows()) / lanes * A.cols())) {
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i)
      blocks_[static_cast<std::size_t>(i / lanes * columns_ + j)].numbers[i % lanes] = A(i, j);
}

Mat DoubledResidual::operator()(const Mat& X, const Mat& B) const {
  Mat result(rows_, X.cols());
  for (Index first = 0; first < rows_; first += lanes) {
    const Lanes* a = &blocks_[static_cast<std::size_t>(first / lanes * columns_)].numbers;
    const Index rows = std::min(lanes, rows_ - first);
    for (Index k = 0; k < X.cols(); ++k) {
      DoubleDoubleLanes sum = {};
      for (Index l = 0; l < rows; ++l) sum.high[l] = B(first + l, k);
      subtract_products(a, X.col(k).data(), columns_, sum);
      for (Index l = 0; l < rows; ++l) result(first + l, k) = sum.high[l];
    }
  }
  return result;
}

}  // namespace mathtool::math
