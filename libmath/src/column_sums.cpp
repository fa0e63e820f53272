#include "mathtool/math/column_sums.hpp"

#include <algorithm>

#include "mathtool/math/multiversion.hpp"
#include "mathtool/math/parallel.hpp"
#include "padded_rows.hpp"

namespace mathtool::math {
namespace {

/// Adds `n` padded rows of `blocks` lanes to the pairs high + low (cf. CompensatedSum).
MATHTOOL_MULTIVERSION
void add_rows(const Lanes* rows, Index n, Index blocks, Lanes* high, Lanes* low) {
  for (Index block = 0; block < blocks; ++block) {
    Lanes sum = high[block], error = low[block];
    for (Index r = 0; r < n; ++r) {
      const Lanes x = rows[r * blocks + block];
      const Lanes next = sum + x;
      const Lanes x_part = next - sum;
      error += (sum - (next - x_part)) + (x - x_part);
      sum = next;
    }
    high[block] = sum;
    low[block] = error;
  }
}

}  // namespace

ColumnSums column_sums(const RowMatRef& X) { return column_sums(X, 1); }

ColumnSums column_sums(const RowMatRef& X, int threads) {
  const Index n = X.rows(), p = X.cols(), stride = X.outerStride();
  ColumnSums sums{Vec(p), Vec(p)};
  parallel_for((p + most_padded_columns - 1) / most_padded_columns,
               [&](Index task) {
                 const Index left = task * most_padded_columns;
                 const Index columns = std::min(most_padded_columns, p - left);
                 PaddedRows strip(columns);
                 alignas(64) double high[most_padded_columns] = {}, low[most_padded_columns] = {};
                 for (Index first = 0; first < n; first += padded_rows_at_once) {
                   const Index count = std::min(padded_rows_at_once, n - first);
                   strip.copy(X.data() + first * stride + left, count, stride);
                   add_rows(strip.data(), count, strip.width() / lanes,
                            reinterpret_cast<Lanes*>(high), reinterpret_cast<Lanes*>(low));
                 }
                 std::copy_n(high, columns, sums.high.data() + left);
                 std::copy_n(low, columns, sums.low.data() + left);
               },
               threads);
  return sums;
}

}  // namespace mathtool::math
