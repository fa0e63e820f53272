#include "linear_algebra/double_double_columns.hpp"

#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

MATHTOOL_MULTIVERSION
void dot_lanes(const DoubleDoubleLanes* a, const DoubleDoubleLanes* b, Index blocks,
               DoubleDoubleLanes& sum) {
  DoubleDoubleLanes even = {}, odd = {};  // two chains, or each sum would wait for the one before
  Index k = 0;
  for (; k + 1 < blocks; k += 2) {
    add_product(even, a[k], b[k]);
    add_product(odd, a[k + 1], b[k + 1]);
  }
  if (k < blocks) add_product(even, a[k], b[k]);
  add(even, odd.high, odd.low);
  sum = even;
}

MATHTOOL_MULTIVERSION
void add_multiple_lanes(const DoubleDoubleLanes& factor, const DoubleDoubleLanes* x,
                        DoubleDoubleLanes* y, Index blocks) {
  for (Index k = 0; k < blocks; ++k) add_product(y[k], factor, x[k]);
}

}  // namespace

DoubleDouble DoubleDoubleColumns::dot(Index i, const DoubleDoubleColumns& other, Index j) const {
  DoubleDoubleLanes sum;
  dot_lanes(column(i), other.column(j), blocks_, sum);
  return total(sum);
}

void DoubleDoubleColumns::add_multiple(const DoubleDouble& factor, const DoubleDoubleColumns& other,
                                       Index i, Index j) {
  add_multiple_lanes(broadcast(factor), other.column(i), column(j), blocks_);
}

}  // namespace mathtool::math
