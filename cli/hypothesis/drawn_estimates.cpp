#include "cli/hypothesis/rearrangement.hpp"
#include "cli/hypothesis/sample_statistics.hpp"
#include "mathtool/stats/hypothesis/kruskal_wallis.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/wilcoxon_signed_rank.hpp"
#include "mathtool/stats/sample_median.hpp"

namespace mathtool::cli {

double estimate_means(DrawnSamples samples, const TestSettings&) {
  const Moments x = moments_of_part(samples[0]);
  return samples.size() == 1 ? x.mean() : mean_gap(x, moments_of_part(samples[1]));
}

double estimate_mean_difference(DrawnSamples samples, const TestSettings& settings) {
  return estimate_means(samples, settings);
}

double estimate_variance_ratio(DrawnSamples samples, const TestSettings&) {
  return moments_of_part(samples[0]).variance() / moments_of_part(samples[1]).variance();
}

double estimate_eta_squared(DrawnSamples samples, const TestSettings&) {
  Moments all;
  std::vector<std::span<const double>> groups;
  for (const std::vector<double>& sample : samples) {
    groups.emplace_back(sample);
    all.push(sample);
  }
  return between_squares(groups) / all.squares();
}

double estimate_shift(DrawnSamples samples, const TestSettings& settings) {
  return stats::mann_whitney_test(samples[0], samples[1], 0,
                                  {.method = stats::RankMethod::normal, .level = settings.level()})
      .estimate;
}

double estimate_pseudo_median(DrawnSamples samples, const TestSettings& settings) {
  return stats::wilcoxon_signed_rank_test(
             samples[0], settings.mu.value_or(0),
             {.method = stats::RankMethod::normal, .level = settings.level()})
      .estimate;
}

double estimate_epsilon_squared(DrawnSamples samples, const TestSettings& settings) {
  return stats::kruskal_wallis_test(samples, settings.level()).estimate;
}

double estimate_median(DrawnSamples samples, const TestSettings&) {
  return stats::sample_median(samples[0]);
}

double estimate_correlation(DrawnSamples samples, const TestSettings& settings) {
  if (settings.method == "pearson") return pearson_r(samples[0], samples[1]);
  if (settings.method == "kendall") return kendall_tau(samples[0], samples[1]);
  return pearson_r(stats::mid_ranks_of(samples[0]).ranks, stats::mid_ranks_of(samples[1]).ranks);
}

}  // namespace mathtool::cli
