#include "table_network.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <vector>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {
namespace {

using Margins = std::vector<int>;  ///< what is left of each row, ascending: rows can be exchanged

struct Edge {
  std::size_t node;     ///< in the next stage
  Extended log_weight;  ///< −Σ log nᵢⱼ! of the column
  Extended ways;        ///< how many columns lead there in this manner, by exchange of rows
};

struct Node {
  std::vector<Edge> edges = {};
  Extended longest = 0, shortest = 0;  ///< largest and least Σ log weights to the end
  Extended log_total = 0;              ///< log Σ over all ways to the end of Π weights
};

struct Stage {
  std::map<Margins, std::size_t> places = {};
  std::vector<Node> nodes = {};
};

Extended add_logs(Extended a, Extended b) {
  if (a < b) std::swap(a, b);
  return b == -infinity ? a : a + std::log1p(std::exp(b - a));
}

/// The tables of given margins as paths through a network: a stage for each column that is filled.
class TableNetwork {
 public:
  TableNetwork(const Mat& table, double budget, const StopToken& stop)
      : budget_(budget), stop_(stop) {
    for (int k = 0; k <= static_cast<int>(table.sum()); ++k)
      log_factorials_.push_back(std::lgamma(Extended(k) + 1));
    for (Index j = 0; j < table.cols(); ++j)
      columns_.push_back(static_cast<int>(table.col(j).sum()));
    std::sort(columns_.rbegin(), columns_.rend());
    Margins rows;
    for (Index i = 0; i < table.rows(); ++i) rows.push_back(static_cast<int>(table.row(i).sum()));
    std::sort(rows.begin(), rows.end());
    for (Index j = 0; j < table.cols(); ++j)
      for (Index i = 0; i < table.rows(); ++i)
        observed_ -= log_factorial(static_cast<int>(table(i, j)));
    build(rows);
    weigh();
  }

  std::optional<double> p_value() {
    if (is_spent()) return std::nullopt;
    const Extended limit = observed_ + 1e-7L;  // equal but for rounding, as R counts them
    const Extended total = stages_.front().nodes.front().log_total;
    // Past lengths of the paths into a node, rounded so that equal ones meet, with their number.
    using Pasts = std::unordered_map<std::int64_t, std::pair<Extended, Extended>>;
    std::vector<Pasts> here(1), next;
    here[0][0] = {0, 1};
    Extended sum = 0;
    for (std::size_t s = 0; s + 1 < stages_.size(); ++s) {
      next.assign(stages_[s + 1].nodes.size(), {});
      for (std::size_t n = 0; n < here.size(); ++n)
        for (const auto& [key, past] : here[n])
          for (const Edge& edge : stages_[s].nodes[n].edges) {
            step();
            if (is_spent()) return std::nullopt;
            const Node& to = stages_[s + 1].nodes[edge.node];
            const Extended length = past.first + edge.log_weight, ways = past.second * edge.ways;
            if (length + to.shortest > limit) continue;
            if (length + to.longest <= limit) {
              sum += ways * std::exp(length + to.log_total - total);
              continue;
            }
            auto& [value, count] =
                next[edge.node][static_cast<std::int64_t>(std::llround(length * 1e10L))];
            value = length;
            count += ways;
          }
      here.swap(next);
    }
    return static_cast<double>(std::min(sum, Extended(1)));
  }

 private:
  Extended log_factorial(int k) const { return log_factorials_[static_cast<std::size_t>(k)]; }

  void step() {
    ++steps_;
    if (static_cast<std::int64_t>(steps_) % 65536 == 0) stop_.check();
  }

  bool is_spent() const { return steps_ > budget_; }

  void build(const Margins& rows) {
    stages_.resize(columns_.size() + 1);
    stages_[0].places[rows] = 0;
    stages_[0].nodes.resize(1);
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      // An iterator stays valid while later stages grow.
      for (const auto& [margins, place] : stages_[s].places) {
        std::map<std::pair<std::size_t, Extended>, Extended> edges;
        Margins left = margins;
        fill(s, left, 0, columns_[s], 0, edges);
        for (const auto& [to, ways] : edges)
          stages_[s].nodes[place].edges.push_back({to.first, to.second, ways});
      }
    }
  }

  /// All ways to take what the column needs from the rows, row by row.
  void fill(std::size_t s, Margins& left, std::size_t row, int needed, Extended log_weight,
            std::map<std::pair<std::size_t, Extended>, Extended>& edges) {
    if (is_spent()) return;
    int behind = 0;
    for (std::size_t i = row + 1; i < left.size(); ++i) behind += left[i];
    if (row + 1 == left.size()) {
      step();
      Margins after = left;
      after[row] -= needed;
      std::sort(after.begin(), after.end());
      Stage& next = stages_[s + 1];
      const auto [place, is_new] = next.places.try_emplace(std::move(after), next.nodes.size());
      if (is_new) next.nodes.emplace_back();
      edges[{place->second, log_weight - log_factorial(needed)}] += 1;
      return;
    }
    for (int k = std::max(0, needed - behind); k <= std::min(needed, left[row]); ++k) {
      left[row] -= k;
      fill(s, left, row + 1, needed - k, log_weight - log_factorial(k), edges);
      left[row] += k;
    }
  }

  /// From the end to the beginning.
  void weigh() {
    for (std::size_t s = stages_.size() - 1; s-- > 0;)
      for (Node& node : stages_[s].nodes) {
        node.longest = node.log_total = -infinity;
        node.shortest = infinity;
        for (const Edge& edge : node.edges) {
          const Node& to = stages_[s + 1].nodes[edge.node];
          node.longest = std::max(node.longest, edge.log_weight + to.longest);
          node.shortest = std::min(node.shortest, edge.log_weight + to.shortest);
          node.log_total =
              add_logs(node.log_total, std::log(edge.ways) + edge.log_weight + to.log_total);
        }
      }
  }

  std::vector<int> columns_ = {};
  std::vector<Extended> log_factorials_ = {};
  std::vector<Stage> stages_ = {};
  Extended observed_ = 0;
  double budget_, steps_ = 0;
  StopToken stop_;
};

}  // namespace

std::optional<double> table_network_p_value(const Mat& table, double budget,
                                            const StopToken& stop) {
  return TableNetwork(table, budget, stop).p_value();
}

}  // namespace mathtool::stats
