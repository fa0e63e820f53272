#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <vector>

#include "complete_rows.hpp"
#include "correlation_table.hpp"
#include "kendall_test.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/rank_correlation.hpp"
#include "ranked_column.hpp"

namespace mathtool::stats {
namespace {

constexpr double exact_below = 50;  // rows, as in R

/// Weights of groups in a binary tree, in which each node knows what lies in its right half.
class GroupWeights {
 public:
  explicit GroupWeights(std::size_t groups)
      : leaves_(std::bit_ceil(groups)), right_halves_(leaves_) {}

  /// Returns the weight of the groups above. Without branches, which no processor would predict.
  double add(std::size_t group, double weight) {
    double above = 0.0;
    for (std::size_t node = leaves_ + group; node > 1; node /= 2) {
      const auto is_right = static_cast<double>(node % 2);
      double& right_half = right_halves_[node / 2];
      above += (1 - is_right) * right_half;
      right_half += is_right * weight;
    }
    return above;
  }

 private:
  std::size_t leaves_;
  std::vector<double> right_halves_;  ///< node 1 is the root, the halves of node i are 2 i, 2 i + 1
};

struct Column {
  RankedColumn ranked;
  TieSums ties;
};

Column rank_with_ties(const VecRef& x, const VecRef& weights) {
  Column column{.ranked = rank_column(x, weights), .ties = {}};
  for (const double t : column.ranked.group_weights) {
    column.ties.pairs += t * (t - 1);
    column.ties.triples += t * (t - 1) * (t - 2);
    column.ties.variance += t * (t - 1) * (2 * t + 5);
  }
  return column;
}

struct PairCounts {
  double discordant = 0.0;
  double joint_ties = 0.0;  ///< Σ t (t − 1) over the groups of rows tied in both
};

/// Goes through the rows by rising x, where tied by rising y, and counts those before that have a
/// greater y: hence a smaller x.
PairCounts count_pairs(const RankedColumn& x, const RankedColumn& y, const Vec& weights) {
  struct Row {
    std::size_t y_group;
    double weight;
  };
  std::vector<Row> rows(x.order.size());
  std::vector<std::size_t> next = x.group_begins;
  for (std::size_t g = 0; g < y.groups(); ++g)
    for (const Index row : y.rows_of(g))
      rows[next[x.group[static_cast<std::size_t>(row)]]++] = {g, weights[row]};

  PairCounts counts;
  GroupWeights before(y.groups());
  for (std::size_t g = 0; g < x.groups(); ++g) {
    double t = 0.0;
    for (std::size_t i = x.group_begins[g]; i < x.group_begins[g + 1]; ++i) {
      const auto& [y_group, weight] = rows[i];
      counts.discordant += weight * before.add(y_group, weight);
      t += weight;
      if (i + 1 < x.group_begins[g + 1] && rows[i + 1].y_group == y_group) continue;
      counts.joint_ties += t * (t - 1);
      t = 0.0;
    }
  }
  return counts;
}

/// Ref: Kendall, Rank Correlation Methods (1970), eq. 3.3, after Knight's count.
PairCorrelation kendall(const Column& x, const Column& y, const Vec& weights) {
  const double n = weights.sum(), pairs = n * (n - 1);
  const PairCounts counts = count_pairs(x.ranked, y.ranked, weights);
  const double difference =
      (pairs - x.ties.pairs - y.ties.pairs + counts.joint_ties) / 2 - 2 * counts.discordant;
  const double untied_x = (pairs - x.ties.pairs) / 2, untied_y = (pairs - y.ties.pairs) / 2;
  PairCorrelation pair{.r = not_a_number,
                       .n = n,
                       .p_value = not_a_number,
                       .standard_error = std::sqrt(0.437) * standard_error(n, 4)};
  if (!(untied_x > 0 && untied_y > 0)) return pair;
  pair.r = std::clamp(difference / std::sqrt(untied_x * untied_y), -1.0, 1.0);
  const bool exact = n < exact_below && x.ties.pairs == 0 && y.ties.pairs == 0;
  if (n > 2)
    pair.p_value = exact ? kendall_exact_p_value(n, counts.discordant)
                         : kendall_normal_p_value(n, difference, x.ties, y.ties);
  return pair;
}

void set_diagonal(CorrelationTable& table, Index j, const Column& column, double n) {
  table.set_diagonal(j, column.ranked.groups() > 1, n);
}

}  // namespace

Correlation kendall_correlation(const MatRef& X, const RankCorrelationOptions& options) {
  const Index p = X.cols();
  CorrelationTable table(p, options.level);
  const CompleteRows all = complete_rows(X, options.weights);
  std::vector<Column> columns(options.pairwise ? 0 : static_cast<std::size_t>(p));
  math::parallel_for(
      std::ssize(columns),
      [&](Index j) {
        columns[static_cast<std::size_t>(j)] = rank_with_ties(all.X.col(j), all.weights);
      },
      options.threads);
  math::parallel_for(
      p * p,
      [&](Index place) {
        const Index i = place / p, j = place % p;
        if (i > j) return;
        if (options.pairwise) {
          const Mat both = X(Eigen::all, std::array{i, j});
          const CompleteRows rows = complete_rows(both, options.weights);
          const Column x = rank_with_ties(rows.X.col(0), rows.weights);
          if (i == j)
            set_diagonal(table, j, x, rows.weights.sum());
          else
            table.set(i, j, kendall(x, rank_with_ties(rows.X.col(1), rows.weights), rows.weights));
        } else if (i == j) {
          set_diagonal(table, j, columns[static_cast<std::size_t>(j)], all.weights.sum());
        } else {
          table.set(i, j,
                    kendall(columns[static_cast<std::size_t>(i)],
                            columns[static_cast<std::size_t>(j)], all.weights));
        }
      },
      options.threads);
  return table.take();
}

}  // namespace mathtool::stats
