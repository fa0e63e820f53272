#include "mathtool/stats/hypothesis/mann_whitney.hpp"

#include <fmt/format.h>

#include <numeric>
#include <vector>

#include "mathtool/math/compensated_sum.hpp"
#include "order_statistics.hpp"
#include "ordered_pairs.hpp"
#include "rank_inference.hpp"

namespace mathtool::stats {
namespace {

/// P(x > y) − P(x < y) with the interval of Cliff (1996), which keeps within [−1, 1].
EffectSize cliff_delta(std::span<const double> x, std::span<const double> y, double level) {
  const auto m = static_cast<double>(x.size()), n = static_cast<double>(y.size());
  double untied = 0;  // pairs
  // Dominance of each value: how many of the other sample lie below less how many above.
  const auto dominance = [](std::span<const double> of, std::span<const double> over,
                            double* pairs) {
    std::vector<double> result;
    for (const double value : of) {
      const auto [low, high] = std::equal_range(over.begin(), over.end(), value);
      const auto below = static_cast<double>(low - over.begin());
      const auto above = static_cast<double>(over.end() - high);
      if (pairs) *pairs += below + above;
      result.push_back((below - above) / static_cast<double>(over.size()));
    }
    return result;
  };
  const std::vector<double> rows = dominance(x, y, &untied), columns = dominance(y, x, nullptr);
  const double delta = std::accumulate(rows.begin(), rows.end(), 0.0) / m;
  EffectSize effect{.name = "rank-biserial correlation", .value = delta};
  if (m < 2 || n < 2) return effect;
  math::CompensatedSum row_squares, column_squares;
  for (const double d : rows) row_squares += (d - delta) * (d - delta);
  for (const double d : columns) column_squares += (d + delta) * (d + delta);
  const double pair_squares = untied - m * n * delta * delta;
  const double variance =
      std::max((n * n * row_squares.value() + m * m * column_squares.value() - pair_squares) /
                   (m * n * (m - 1) * (n - 1)),
               (1 - delta * delta) / (m * n - 1));
  const double z = quantile_survival(Normal(), (1 - level) / 2), s = std::sqrt(variance);
  const double rest = 1 - delta * delta;
  const double reach = z * s * std::sqrt(rest * rest + z * z * variance);
  const double scale = rest + z * z * variance;
  if (!(scale > 0)) return effect;
  effect.ci = {std::max(-1.0, (delta * rest - reach) / scale),
               std::min(1.0, (delta * rest + reach) / scale)};
  return effect;
}

/// Differences in order: the estimate in their middle, the interval from the k-th to the k-th last.
void set_shift(TestResult& result, std::span<const double> x, std::span<const double> y,
               std::int64_t left_out) {
  const auto pairs = static_cast<std::int64_t>(x.size()) * static_cast<std::int64_t>(y.size());
  const double upper = ordered_difference(x, y, pairs / 2);
  result.estimate =
      pairs % 2 == 1 ? upper : ordered_difference(x, y, pairs / 2 - 1) / 2 + upper / 2;
  result.ci = {-infinity, infinity};
  left_out = std::min(left_out, (pairs + 1) / 2);
  if (result.alternative != Alternative::less)
    result.ci.low = ordered_difference(x, y, left_out - 1);
  if (result.alternative != Alternative::greater)
    result.ci.high = ordered_difference(x, y, pairs - left_out);
}

}  // namespace

TestResult mann_whitney_test(std::span<const double> x, std::span<const double> y, double mu,
                             const RankTestOptions& options) {
  require_level(options.level);
  require<InsufficientDataError>(!x.empty() && !y.empty(), "a sample has no value");
  const std::vector<double> sorted_x = sorted(x), sorted_y = sorted(y);
  std::vector<double> all;
  for (const double value : sorted_x) all.push_back(value - mu);
  const std::vector<double> shifted = all;
  all.insert(all.end(), sorted_y.begin(), sorted_y.end());
  const MidRanks ranked = mid_ranks_of(all);
  const auto m = static_cast<double>(x.size()), n = static_cast<double>(y.size()), total = m + n;
  require<InsufficientDataError>(ranked.tie_sum < total * total * total - total,
                                 "all values equal {}; a test needs some that differ from each "
                                 "other",
                                 all.front());
  TestResult result{.method = "Mann and Whitney's rank-sum test",
                    .null_hypothesis = mu == 0
                                           ? "both samples come from one distribution"
                                           : fmt::format("the distributions are shifted by {}", mu),
                    .statistic_name = "W",
                    .alternative = options.alternative,
                    .estimate_name = "shift",
                    .n = total};
  const double least = m * (m + 1) / 2;
  const double rank_sum =
      std::accumulate(ranked.ranks.begin(), ranked.ranks.begin() + std::ssize(x), 0.0);
  result.statistic = rank_sum - least;
  constexpr double few = 50;
  const bool exact =
      options.method == RankMethod::exact ||
      (options.method == RankMethod::automatic && m < few && n < few && !ranked.ties);
  const double side = (1 - options.level) / (options.alternative == Alternative::two_sided ? 2 : 1);
  std::int64_t left_out = 1;
  const double deviation =
      std::sqrt(m * n / 12 * (total + 1 - ranked.tie_sum / (total * (total - 1))));
  if (exact) {
    const std::size_t count = std::min(x.size(), y.size());
    require<InsufficientDataError>(
        subset_steps(ranked.ranks, count) <= most_steps,
        "{} and {} values are too many to count; leave --exact out, or use --permutation 9999", m,
        n);
    // The smaller sample is counted; where it is y, sums and sides are turned round.
    const bool turned = count < x.size();
    const RankSums sums = RankSums::of_subsets(ranked.ranks, count);
    if (turned) {
      TestResult mirrored = result;
      if (options.alternative != Alternative::two_sided)
        mirrored.alternative =
            options.alternative == Alternative::less ? Alternative::greater : Alternative::less;
      set_counted_p_value(mirrored, sums, total * (total + 1) / 2 - rank_sum);
      result.p_value = mirrored.p_value;
      result.log10_p = mirrored.log10_p;
    } else {
      set_counted_p_value(result, sums, rank_sum);
    }
    const auto k = static_cast<double>(count);
    left_out = std::max<std::int64_t>(1, std::llround(sums.quantile(side) - k * (k + 1) / 2));
    result.method += ", exact";
  } else {
    set_normal_p_value(result, result.statistic - m * n / 2, deviation, options.continuity);
    left_out = left_out_by_normal(m * n / 2, deviation, side);
    if (options.continuity) result.method += ", continuity corrected";
    if (ranked.ties)
      result.notes.push_back(
          "there are ties: the p-value is that of the normal approximation; --exact counts "
          "instead");
  }
  set_shift(result, sorted_x, sorted_y, left_out);
  result.effect_size = cliff_delta(shifted, sorted_y, options.level);
  return result;
}

}  // namespace mathtool::stats
