#include "rank_sums.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mathtool::stats {
namespace {

/// Ranks in halves, so that they are whole numbers.
std::vector<std::size_t> doubled(std::span<const double> ranks) {
  std::vector<std::size_t> result;
  for (const double rank : ranks)
    result.push_back(static_cast<std::size_t>(std::llround(2 * rank)));
  std::sort(result.begin(), result.end());
  return result;
}

double sum_of(std::span<const double> ranks) {
  return std::accumulate(ranks.begin(), ranks.end(), 0.0);
}

}  // namespace

double subset_steps(std::span<const double> ranks, std::size_t count) {
  return static_cast<double>(ranks.size()) * static_cast<double>(count) * sum_of(ranks);
}

double sign_steps(std::span<const double> ranks) {
  return static_cast<double>(ranks.size()) * 2 * sum_of(ranks);
}

RankSums::RankSums(double low, std::vector<Extended> chances)
    : low_(low), chances_(std::move(chances)) {}

RankSums RankSums::of_subsets(std::span<const double> ranks, std::size_t count) {
  const std::vector<std::size_t> steps = doubled(ranks);
  // The largest sum of `count` ranks bounds all of them.
  const std::size_t most = std::accumulate(steps.end() - static_cast<std::ptrdiff_t>(count),
                                           steps.end(), std::size_t{0});
  std::vector<std::vector<Extended>> ways(count + 1, std::vector<Extended>(most + 1, 0));
  ways[0][0] = 1;
  std::size_t reach = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    reach = std::min(most, reach + steps[i]);
    for (std::size_t j = std::min(i + 1, count); j > 0; --j)
      for (std::size_t s = reach + 1; s-- > steps[i];) ways[j][s] += ways[j - 1][s - steps[i]];
    if (i % 64 == 63)  // only proportions matter: numbers of subsets stay within range
      for (auto& row : ways)
        for (Extended& each : row) each *= 0x1p-64L;
  }
  std::vector<Extended> chances = std::move(ways[count]);
  Extended total = 0;
  for (const Extended each : chances) total += each;
  for (Extended& each : chances) each /= total;
  return {0, std::move(chances)};
}

RankSums RankSums::of_signs(std::span<const double> ranks) {
  const std::vector<std::size_t> steps = doubled(ranks);
  const std::size_t most = std::accumulate(steps.begin(), steps.end(), std::size_t{0});
  std::vector<Extended> chances(most + 1, 0);
  chances[0] = 1;
  std::size_t reach = 0;
  for (const std::size_t step : steps) {
    reach += step;
    for (std::size_t s = reach + 1; s-- > 0;)
      chances[s] = (chances[s] + (s >= step ? chances[s - step] : 0)) / 2;
  }
  return {0, std::move(chances)};
}

Extended RankSums::at_most(double sum) const {
  const double place = std::floor((sum - low_) / step_ + 1e-9);
  Extended total = 0;
  for (std::size_t i = 0; i < chances_.size() && static_cast<double>(i) <= place; ++i)
    total += chances_[i];
  return total;
}

Extended RankSums::at_least(double sum) const {
  const double place = std::ceil((sum - low_) / step_ - 1e-9);
  Extended total = 0;
  for (std::size_t i = chances_.size(); i-- > 0 && static_cast<double>(i) >= place;)
    total += chances_[i];
  return total;
}

double RankSums::quantile(double p) const {
  Extended total = 0;
  for (std::size_t i = 0; i < chances_.size(); ++i) {
    total += chances_[i];
    if (total >= p * (1 - 1e-15L)) return low_ + step_ * static_cast<double>(i);
  }
  return low_ + step_ * static_cast<double>(chances_.size() - 1);
}

}  // namespace mathtool::stats
