#pragma once

#include <span>
#include <vector>

#include "cli/hypothesis/test_data.hpp"
#include "mathtool/stats/hypothesis/permutation.hpp"

/// What --permutation and --bootstrap compute again and again for each kind of test.
namespace mathtool::cli {

using DrawnSamples = std::span<const std::vector<double>>;

double estimate_means(DrawnSamples samples, const TestSettings& settings);
double estimate_mean_difference(DrawnSamples samples, const TestSettings& settings);
double estimate_variance_ratio(DrawnSamples samples, const TestSettings& settings);
double estimate_eta_squared(DrawnSamples samples, const TestSettings& settings);
double estimate_shift(DrawnSamples samples, const TestSettings& settings);
double estimate_pseudo_median(DrawnSamples samples, const TestSettings& settings);
double estimate_epsilon_squared(DrawnSamples samples, const TestSettings& settings);
double estimate_median(DrawnSamples samples, const TestSettings& settings);
double estimate_correlation(DrawnSamples samples, const TestSettings& settings);

using Rearranged = stats::PermutationTest;
using RearrangeOptions = stats::PermutationOptions;

Rearranged permute_means(const TestData& data, const TestSettings& settings,
                         const RearrangeOptions& options);
Rearranged permute_variances(const TestData& data, const TestSettings& settings,
                             const RearrangeOptions& options);
Rearranged permute_deviations(const TestData& data, const TestSettings& settings,
                              const RearrangeOptions& options);
Rearranged permute_anova(const TestData& data, const TestSettings& settings,
                         const RearrangeOptions& options);
Rearranged permute_ranks(const TestData& data, const TestSettings& settings,
                         const RearrangeOptions& options);
Rearranged permute_kruskal(const TestData& data, const TestSettings& settings,
                           const RearrangeOptions& options);
Rearranged permute_signed_ranks(const TestData& data, const TestSettings& settings,
                                const RearrangeOptions& options);
Rearranged permute_distances(const TestData& data, const TestSettings& settings,
                             const RearrangeOptions& options);
Rearranged permute_correlation(const TestData& data, const TestSettings& settings,
                               const RearrangeOptions& options);
Rearranged permute_counts(const TestData& data, const TestSettings& settings,
                          const RearrangeOptions& options);
Rearranged permute_fisher(const TestData& data, const TestSettings& settings,
                          const RearrangeOptions& options);

}  // namespace mathtool::cli
