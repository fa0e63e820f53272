#include "mathtool/stats/hypothesis/wilcoxon_signed_rank.hpp"

#include <fmt/format.h>

#include <vector>

#include "order_statistics.hpp"
#include "ordered_pairs.hpp"
#include "rank_inference.hpp"

namespace mathtool::stats {
namespace {

void set_pseudo_median(TestResult& result, std::span<const double> x, std::int64_t left_out) {
  const auto n = std::ssize(x);
  const std::int64_t averages = n * (n + 1) / 2;
  const double upper = ordered_average(x, averages / 2);
  result.estimate =
      averages % 2 == 1 ? upper : ordered_average(x, averages / 2 - 1) / 2 + upper / 2;
  result.ci = {-infinity, infinity};
  left_out = std::min(left_out, (averages + 1) / 2);
  if (result.alternative != Alternative::less) result.ci.low = ordered_average(x, left_out - 1);
  if (result.alternative != Alternative::greater)
    result.ci.high = ordered_average(x, averages - left_out);
}

}  // namespace

TestResult wilcoxon_signed_rank_test(std::span<const double> x, double mu,
                                     const RankTestOptions& options) {
  require_level(options.level);
  std::vector<double> differing, distances;
  for (const double value : x) {
    if (value - mu == 0) continue;
    differing.push_back(value);
    distances.push_back(std::abs(value - mu));
  }
  require<InsufficientDataError>(!differing.empty(), "no value differs from {}", mu);
  const MidRanks ranked = mid_ranks_of(distances);
  const auto n = static_cast<double>(differing.size());
  const bool zeros = differing.size() < x.size();
  TestResult result{.method = "Wilcoxon's signed-rank test",
                    .null_hypothesis = fmt::format("the values are symmetric about {}", mu),
                    .statistic_name = "V",
                    .alternative = options.alternative,
                    .estimate_name = "pseudo-median",
                    .n = static_cast<double>(x.size())};
  double above = 0;
  for (std::size_t i = 0; i < differing.size(); ++i)
    if (differing[i] > mu) above += ranked.ranks[i];
  result.statistic = above;
  const double all = n * (n + 1) / 2;
  const double side = (1 - options.level) / (options.alternative == Alternative::two_sided ? 2 : 1);
  const double deviation = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - ranked.tie_sum / 48);
  constexpr double few = 50;
  const bool exact = options.method == RankMethod::exact ||
                     (options.method == RankMethod::automatic && n < few && !ranked.ties && !zeros);
  std::int64_t left_out = 1;
  if (exact) {
    require<InsufficientDataError>(
        sign_steps(ranked.ranks) <= most_steps,
        "{} values are too many to count; leave --exact out, or use --permutation 9999", n);
    const RankSums sums = RankSums::of_signs(ranked.ranks);
    set_counted_p_value(result, sums, above);
    left_out = std::max<std::int64_t>(1, std::llround(sums.quantile(side)));
    result.method += ", exact";
  } else {
    set_normal_p_value(result, above - all / 2, deviation, options.continuity);
    left_out = left_out_by_normal(all / 2, deviation, side);
    if (options.continuity) result.method += ", continuity corrected";
    if (ranked.ties || zeros)
      result.notes.push_back(fmt::format(
          "there are {}: the p-value is that of the normal approximation; --exact counts instead",
          ranked.ties ? "ties" : "values equal to the hypothesis"));
  }
  set_pseudo_median(result, sorted(differing), left_out);
  const double r = (2 * above - all) / all;
  // The interval by Fisher's transformation; V has this deviation where the hypothesis is true.
  const double spread = std::sqrt(n * (n + 1) * (2 * n + 1) / 6) / all;
  const double reach = quantile_survival(Normal(), (1 - options.level) / 2) * spread;
  result.effect_size = {.name = "rank-biserial correlation", .value = r};
  if (std::abs(r) < 1)  // at the end of the scale the transformation knows no width
    result.effect_size.ci = {std::tanh(std::atanh(r) - reach), std::tanh(std::atanh(r) + reach)};
  return result;
}

}  // namespace mathtool::stats
