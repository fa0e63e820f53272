#pragma once

#include <span>
#include <vector>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/mid_ranks.hpp"

namespace mathtool::stats {

/// The distribution of a sum of ranks, exactly, by counting; ties keep their ranks. Sums stand in
/// steps of ½.
class RankSums {
 public:
  /// Of `count` among the ranks, all subsets equally likely. Cost: n · count · Σ ranks.
  static RankSums of_subsets(std::span<const double> ranks, std::size_t count);
  /// Of a random part of the ranks: each with probability ½. Cost: n · Σ ranks.
  static RankSums of_signs(std::span<const double> ranks);

  Extended at_most(double sum) const;
  Extended at_least(double sum) const;
  /// The least sum that is exceeded by no more than p from below: P(sum ≤ q) ≥ p.
  double quantile(double p) const;

 private:
  RankSums(double low, std::vector<Extended> chances);

  double low_;  ///< the least sum
  double step_ = 0.5;
  std::vector<Extended> chances_ = {};
};

/// Steps that counting would take, to be compared with what is bearable.
double subset_steps(std::span<const double> ranks, std::size_t count);
double sign_steps(std::span<const double> ranks);
constexpr double most_steps = 2e9;

}  // namespace mathtool::stats
