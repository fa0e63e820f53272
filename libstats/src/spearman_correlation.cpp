#include <cmath>

#include "complete_rows.hpp"
#include "correlation_table.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/rank_correlation.hpp"
#include "ranked_column.hpp"

namespace mathtool::stats {
namespace {

/// Pearson's correlation of the ranks, with r and the t test as they are wanted.
Correlation of_ranks(const CompleteRows& rows, double level, int threads) {
  RowMat ranks(rows.X.rows(), rows.X.cols());
  math::parallel_for(
      rows.X.cols(),
      [&](Index j) { ranks.col(j) = mid_ranks(rank_column(rows.X.col(j), rows.weights)); },
      threads);
  Covariance covariance(ranks.cols(), threads);
  covariance.push_rows(ranks, rows.weights);
  return pearson_correlation(covariance.estimate(), {.level = level});
}

PairCorrelation with_own_error(const Correlation& pearson, Index i, Index j) {
  const double rho = pearson.r(i, j), n = pearson.n(i, j);
  return {.r = rho,
          .n = n,
          .p_value = pearson.p_values(i, j),
          .standard_error = std::sqrt(1 + rho * rho / 2) * standard_error(n, 3)};
}

}  // namespace

Correlation spearman_correlation(const MatRef& X, const RankCorrelationOptions& options) {
  const Index p = X.cols();
  CorrelationTable table(p, options.level);
  if (!options.pairwise) {
    const Correlation pearson =
        of_ranks(complete_rows(X, options.weights), options.level, options.threads);
    for (Index j = 0; j < p; ++j) {
      table.set_diagonal(j, pearson.r(j, j) == 1, pearson.n(j, j));
      for (Index i = 0; i < j; ++i) table.set(i, j, with_own_error(pearson, i, j));
    }
    return table.take();
  }
  math::parallel_for(
      p,
      [&](Index j) {
        const Correlation alone =
            of_ranks(complete_rows(X.col(j), options.weights), options.level, 1);
        table.set_diagonal(j, alone.r(0, 0) == 1, alone.n(0, 0));
        for (Index i = 0; i < j; ++i) {
          const Mat pair = X(Eigen::all, std::array{i, j});
          table.set(i, j,
                    with_own_error(of_ranks(complete_rows(pair, options.weights), options.level, 1),
                                   0, 1));
        }
      },
      options.threads);
  return table.take();
}

}  // namespace mathtool::stats
