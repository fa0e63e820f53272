#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "complete_rows.hpp"
#include "correlation_table.hpp"
#include "kendall_test.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/rank_correlation.hpp"
#include "ranked_column.hpp"

namespace mathtool::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double exact_below = 50;  // rows, as in R

/// Weights of groups, summed up to any of them in O(log groups).
/// Ref: Fenwick, A new data structure for cumulative frequency tables (1994).
class CumulativeWeights {
 public:
  explicit CumulativeWeights(std::size_t groups) : tree_(groups + 1) {}

  void add(Index group, double weight) {
    for (auto i = static_cast<std::size_t>(group) + 1; i < tree_.size(); i += i & (~i + 1))
      tree_[i] += weight;
    total_ += weight;
  }

  double above(Index group) const {
    double sum = 0.0;
    for (auto i = static_cast<std::size_t>(group) + 1; i > 0; i &= i - 1) sum += tree_[i];
    return total_ - sum;
  }

 private:
  std::vector<double> tree_;
  double total_ = 0.0;
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

/// Σ t (t − 1) over the groups of rows tied in both columns, among rows tied in x.
double joint_ties(std::vector<std::pair<Index, double>>& tied) {
  std::sort(tied.begin(), tied.end());
  double sum = 0.0, t = 0.0;
  for (std::size_t i = 0; i < tied.size(); ++i) {
    t += tied[i].second;
    if (i + 1 < tied.size() && tied[i + 1].first == tied[i].first) continue;
    sum += t * (t - 1);
    t = 0.0;
  }
  return sum;
}

struct PairCounts {
  double discordant = 0.0;
  double joint_ties = 0.0;  ///< Σ t (t − 1) over the rows tied in both
};

/// Goes through the rows by rising x and counts those before, less in x, that are greater in y.
PairCounts count_pairs(const RankedColumn& x, const RankedColumn& y, const Vec& weights) {
  PairCounts counts;
  CumulativeWeights before(y.group_weights.size());
  std::vector<std::pair<Index, double>> tied;  // rows with the same x: group in y, weight
  const auto group = [](const RankedColumn& column, Index row) {
    return column.group[static_cast<std::size_t>(row)];
  };
  for (auto first = x.order.begin(); first != x.order.end();) {
    tied.clear();
    auto row = first;
    for (; row != x.order.end() && group(x, *row) == group(x, *first); ++row)
      tied.emplace_back(group(y, *row), weights[*row]);
    for (const auto& [y_group, weight] : tied) counts.discordant += weight * before.above(y_group);
    for (const auto& [y_group, weight] : tied) before.add(y_group, weight);
    counts.joint_ties += joint_ties(tied);
    first = row;
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
  PairCorrelation pair{
      .r = nan, .n = n, .p_value = nan, .standard_error = std::sqrt(0.437) * standard_error(n, 4)};
  if (!(untied_x > 0 && untied_y > 0)) return pair;
  pair.r = std::clamp(difference / std::sqrt(untied_x * untied_y), -1.0, 1.0);
  const bool exact = n < exact_below && x.ties.pairs == 0 && y.ties.pairs == 0;
  if (n > 2)
    pair.p_value = exact ? kendall_exact_p_value(n, counts.discordant)
                         : kendall_normal_p_value(n, difference, x.ties, y.ties);
  return pair;
}

void set_diagonal(CorrelationTable& table, Index j, const Column& column, double n) {
  table.set_diagonal(j, column.ranked.group_weights.size() > 1, n);
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
