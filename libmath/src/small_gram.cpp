#include "small_gram.hpp"

#include <algorithm>

#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

constexpr Index tile = 4;  // columns of C whose partial sums stay in registers together

/// Adds to `sums` (p columns of `width` numbers) the products of `n` padded rows of `width`
/// numbers.
MATHTOOL_MULTIVERSION
void add_products(const Lanes* rows, Index n, Index p, Index width, Lanes* sums) {
  const Index blocks = width / lanes;
  for (Index j = 0; j < p; j += tile) {
    for (Index block = j / lanes; block < blocks; ++block) {
      Lanes sum0 = {}, sum1 = {}, sum2 = {}, sum3 = {};
      for (Index r = 0; r < n; ++r) {
        const Lanes* row = rows + r * blocks;
        const Lanes x = row[block];
        const double* left = reinterpret_cast<const double*>(row) + j;
        sum0 += left[0] * x;
        sum1 += left[1] * x;
        sum2 += left[2] * x;
        sum3 += left[3] * x;
      }
      sums[(j + 0) * blocks + block] += sum0;
      sums[(j + 1) * blocks + block] += sum1;
      sums[(j + 2) * blocks + block] += sum2;
      sums[(j + 3) * blocks + block] += sum3;
    }
  }
}

}  // namespace

void add_small_gram(const double* rows, Index n, Index p, Index stride, const double* centre,
                    Mat& C) {
  PaddedRows strip(p);
  const Index width = strip.width();
  alignas(64) double sums[small_gram_columns * small_gram_columns];
  std::fill_n(sums, width * width, 0.0);
  for (Index first = 0; first < n; first += padded_rows_at_once) {
    const Index count = std::min(padded_rows_at_once, n - first);
    if (centre)
      strip.copy_deviations(rows + first * stride, count, stride, centre);
    else
      strip.copy(rows + first * stride, count, stride);
    add_products(strip.data(), count, p, width, reinterpret_cast<Lanes*>(sums));
  }
  for (Index j = 0; j < p; ++j)
    for (Index i = j; i < p; ++i) C(i, j) += sums[j * width + i];
}

}  // namespace mathtool::math
