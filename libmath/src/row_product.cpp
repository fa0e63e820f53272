#include "row_product.hpp"

#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

/// Eight rows of B at a time, as y is read and written for each turn.
template <class T>
MATHTOOL_MULTIVERSION void multiply(Index k, Index n, const T* __restrict x, const T* __restrict b,
                                    Index stride, T* __restrict y) {
  Index i = 0;
  for (; i + 8 <= k; i += 8) {
    const T* r = b + i * stride;
    const T x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
    const T x4 = x[i + 4], x5 = x[i + 5], x6 = x[i + 6], x7 = x[i + 7];
    for (Index j = 0; j < n; ++j)
      y[j] +=
          ((x0 * r[j] + x1 * r[j + stride]) + (x2 * r[j + 2 * stride] + x3 * r[j + 3 * stride])) +
          ((x4 * r[j + 4 * stride] + x5 * r[j + 5 * stride]) +
           (x6 * r[j + 6 * stride] + x7 * r[j + 7 * stride]));
  }
  for (; i < k; ++i)
    for (Index j = 0; j < n; ++j) y[j] += x[i] * b[i * stride + j];
}

}  // namespace

template <class T>
void add_row_product(Index k, Index n, const T* x, const T* b, Index stride, T* y) {
  multiply(k, n, x, b, stride, y);
}

template void add_row_product(Index, Index, const float*, const float*, Index, float*);
template void add_row_product(Index, Index, const double*, const double*, Index, double*);

}  // namespace mathtool::math
