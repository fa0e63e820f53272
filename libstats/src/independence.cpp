#include "mathtool/stats/independence.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

#include "mathtool/stats/distributions/chi_squared.hpp"

namespace mathtool::stats {
namespace {

/// The levels of a variable that occur, the most probable first.
struct RankedLevels {
  std::vector<Index> levels = {};
  std::vector<Extended> probabilities = {};  ///< of all levels, by position
};

std::vector<RankedLevels> rank_levels(const JointTable& table) {
  std::vector<RankedLevels> ranked(table.variables().size());
  for (std::size_t v = 0; v < ranked.size(); ++v) {
    std::vector<Extended>& p = ranked[v].probabilities;
    p.resize(table.variables()[v].levels.size(), 0);
    for (const JointCell& cell : table.cells())
      p[static_cast<std::size_t>(cell.levels[v])] += cell.mass / table.total();
    std::vector<Index>& levels = ranked[v].levels;
    for (Index i = 0; i < std::ssize(p); ++i)
      if (p[static_cast<std::size_t>(i)] > 0) levels.push_back(i);
    std::stable_sort(levels.begin(), levels.end(), [&](Index a, Index b) {
      return p[static_cast<std::size_t>(a)] > p[static_cast<std::size_t>(b)];
    });
  }
  return ranked;
}

Extended product_of_marginals(const std::vector<RankedLevels>& ranked,
                              const std::vector<Index>& levels) {
  Extended product = 1;
  for (std::size_t v = 0; v < ranked.size(); ++v)
    product *= ranked[v].probabilities[static_cast<std::size_t>(levels[v])];
  return product;
}

/// A combination by the ranks of its levels.
struct Candidate {
  std::vector<std::size_t> ranks;
  std::vector<Index> levels;
  Extended product;

  bool operator<(const Candidate& other) const { return product < other.product; }
};

Candidate candidate(const std::vector<RankedLevels>& ranked, std::vector<std::size_t> ranks) {
  std::vector<Index> levels;
  for (std::size_t v = 0; v < ranks.size(); ++v) levels.push_back(ranked[v].levels[ranks[v]]);
  const Extended product = product_of_marginals(ranked, levels);
  return {std::move(ranks), std::move(levels), product};
}

bool is_named(const JointTable& table, const std::vector<Index>& levels) {
  const auto place =
      std::lower_bound(table.cells().begin(), table.cells().end(), levels,
                       [](const JointCell& cell, const auto& l) { return cell.levels < l; });
  return place != table.cells().end() && place->levels == levels;
}

/// The largest product of marginals of a combination that no cell names; 0 where all are named.
/// Products are visited in descending order, so that it takes one step more than there are cells:
/// a combination follows the one in which the last rank that is not 0 is less by one.
Extended largest_unnamed(const JointTable& table, const std::vector<RankedLevels>& ranked) {
  std::priority_queue<Candidate> candidates;
  candidates.push(candidate(ranked, std::vector<std::size_t>(ranked.size(), 0)));
  while (!candidates.empty()) {
    const Candidate best = candidates.top();
    candidates.pop();
    if (!is_named(table, best.levels)) return best.product;
    std::size_t last = ranked.size() - 1;
    while (last > 0 && best.ranks[last] == 0) --last;
    for (std::size_t v = last; v < ranked.size(); ++v) {
      std::vector<std::size_t> next = best.ranks;
      if (++next[v] < ranked[v].levels.size()) candidates.push(candidate(ranked, std::move(next)));
    }
  }
  return 0;
}

/// p log(p / q) − p + q, which is ≥ 0 and sums to the same as p log(p / q).
Extended information(Extended p, Extended q) {
  if (p == 0) return q;
  const Extended difference = p - q;
  return p * (p < q / 2 ? std::log(p / q) : std::log1p(difference / q)) - difference;
}

}  // namespace

Independence independence(const JointTable& table) {
  require(table.variables().size() >= 2, "independence: there must be two variables, got {}",
          table.variables().size());
  const std::vector<RankedLevels> ranked = rank_levels(table);
  Extended combinations = 1, smallest = 1, df = -1;
  for (const RankedLevels& variable : ranked) {
    combinations *= static_cast<Extended>(variable.levels.size());
    smallest *= variable.probabilities[static_cast<std::size_t>(variable.levels.back())];
    df -= static_cast<Extended>(variable.levels.size()) - 1;
  }
  df += combinations;

  Extended largest = 0, phi_squared = 0, nats = 0, named = 0, named_product = 0;
  for (const JointCell& cell : table.cells()) {
    const Extended p = cell.mass / table.total(), q = product_of_marginals(ranked, cell.levels);
    if (q == 0) continue;
    largest = std::max(largest, std::abs(p - q));
    phi_squared += (p - q) * (p - q) / q;
    nats += information(p, q);
    named += 1;
    named_product += q;
  }
  if (named < combinations) {
    const Extended unnamed = std::max(0.0L, 1 - named_product);
    phi_squared += unnamed;
    nats += unnamed;
    largest = std::max(largest, largest_unnamed(table, ranked));
  }
  Independence result{.largest_difference = static_cast<double>(largest),
                      .mutual_information = static_cast<double>(nats),
                      .chi_squared = static_cast<double>(table.total() * phi_squared),
                      .df = static_cast<double>(df),
                      .p_value = not_a_number,
                      .smallest_expected = static_cast<double>(table.total() * smallest)};
  if (result.df > 0) result.p_value = survival(ChiSquared(result.df), result.chi_squared);
  return result;
}

}  // namespace mathtool::stats
