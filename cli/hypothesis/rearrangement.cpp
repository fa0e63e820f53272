#include "cli/hypothesis/rearrangement.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/hypothesis/sample_statistics.hpp"
#include "cli/hypothesis/test_kind.hpp"
#include "cli/hypothesis/test_samples.hpp"
#include "mathtool/stats/hypothesis/kolmogorov_smirnov_test.hpp"
#include "mathtool/stats/sample_median.hpp"

namespace mathtool::cli {
namespace {

RearrangeOptions upwards(RearrangeOptions options) {
  options.alternative = stats::Alternative::greater;
  return options;
}

/// Each count as so many rows of (row, column).
struct Labels {
  std::vector<double> rows, columns;
};

Labels label_rows(const TestData& data) {
  Labels labels;
  for (Index i = 0; i < data.counts.rows(); ++i)
    for (Index j = 0; j < data.counts.cols(); ++j) {
      const double count = data.counts(i, j);
      require<InsufficientDataError>(count == std::floor(count) && count <= 1e7,
                                     "--permutation deals whole observations, up to 1e7, but a "
                                     "count is {}",
                                     count);
      labels.rows.insert(labels.rows.end(), static_cast<std::size_t>(count),
                         static_cast<double>(i));
      labels.columns.insert(labels.columns.end(), static_cast<std::size_t>(count),
                            static_cast<double>(j));
    }
  return labels;
}

/// A statistic of the table that labels make.
template <class Statistic>
Rearranged permute_labels(const TestData& data, const RearrangeOptions& options,
                          const Statistic& statistic) {
  const Labels labels = label_rows(data);
  return stats::permute_pairs(
      labels.rows, labels.columns,
      [&](Part rows, Part columns) {
        Mat table = Mat::Zero(data.counts.rows(), data.counts.cols());
        for (std::size_t i = 0; i < rows.size(); ++i)
          table(static_cast<Index>(rows[i]), static_cast<Index>(columns[i])) += 1;
        return statistic(table);
      },
      upwards(options));
}

}  // namespace

Rearranged permute_means(const TestData& data, const TestSettings& settings,
                         const RearrangeOptions& options) {
  const double mu = settings.mu.value_or(0);
  if (takes_pairs(settings.kind->layout) || data.samples.size() == 1) {
    std::vector<double> differences = values_or_differences(data);
    for (double& each : differences) each -= mu;
    return stats::flip_signs(
        differences, [](Part values) { return moments_of_part(values).mean(); }, options);
  }
  std::vector<std::vector<double>> samples = values_of(data);
  for (double& each : samples[0]) each -= mu;
  const bool welch = settings.kind->name != "t-pooled";
  return stats::permute_groups(
      samples,
      [&](stats::GroupedValues groups) {
        const Moments x = moments_of_part(groups[0]), y = moments_of_part(groups[1]);
        const double gap = mean_gap(x, y);
        const double error = std::sqrt(x.variance() / x.weight() + y.variance() / y.weight());
        // With the values given, the pooled t rises with the difference alone.
        if (!welch) return gap;
        return error > 0 ? gap / error : gap == 0 ? 0.0 : std::copysign(infinity, gap);
      },
      options);
}

Rearranged permute_variances(const TestData& data, const TestSettings& settings,
                             const RearrangeOptions& options) {
  require(settings.mu.value_or(1) == 1,
          "--permutation tests that variances are equal; leave --mu out");
  std::vector<std::vector<double>> samples = values_of(data);
  for (std::vector<double>& sample : samples) {
    const double mean = moments_of_part(sample).mean();
    for (double& each : sample) each -= mean;
  }
  return stats::permute_groups(
      samples,
      [](stats::GroupedValues groups) {
        return std::log(moments_of_part(groups[0]).variance() /
                        moments_of_part(groups[1]).variance());
      },
      options);
}

Rearranged permute_deviations(const TestData& data, const TestSettings& settings,
                              const RearrangeOptions& options) {
  std::vector<std::vector<double>> samples = values_of(data);
  for (std::vector<double>& sample : samples) {
    const double centre =
        settings.by_means ? moments_of_part(sample).mean() : stats::sample_median(sample);
    for (double& each : sample) each = std::abs(each - centre);
  }
  return stats::permute_groups(samples, between_squares, upwards(options));
}

Rearranged permute_anova(const TestData& data, const TestSettings&,
                         const RearrangeOptions& options) {
  return stats::permute_groups(values_of(data), between_squares, upwards(options));
}

Rearranged permute_ranks(const TestData& data, const TestSettings& settings,
                         const RearrangeOptions& options) {
  std::vector<std::vector<double>> samples = values_of(data);
  for (double& each : samples[0]) each -= settings.mu.value_or(0);
  samples = ranked_samples(std::move(samples));
  const auto m = static_cast<double>(samples[0].size()), n = static_cast<double>(samples[1].size());
  return stats::permute_groups(
      samples,
      [&](stats::GroupedValues groups) {
        return std::accumulate(groups[0].begin(), groups[0].end(), 0.0) - m * (m + n + 1) / 2;
      },
      options);
}

Rearranged permute_kruskal(const TestData& data, const TestSettings&,
                           const RearrangeOptions& options) {
  return stats::permute_groups(ranked_samples(values_of(data)), between_squares, upwards(options));
}

Rearranged permute_signed_ranks(const TestData& data, const TestSettings& settings,
                                const RearrangeOptions& options) {
  std::vector<double> differences = values_or_differences(data), distances;
  for (double& each : differences) each -= settings.mu.value_or(0);
  std::erase(differences, 0.0);
  for (const double each : differences) distances.push_back(std::abs(each));
  const std::vector<double> ranks = stats::mid_ranks_of(distances).ranks;
  for (std::size_t i = 0; i < ranks.size(); ++i)
    differences[i] = std::copysign(ranks[i], differences[i]);
  return stats::flip_signs(
      differences, [](Part values) { return std::accumulate(values.begin(), values.end(), 0.0); },
      options);
}

Rearranged permute_distances(const TestData& data, const TestSettings& settings,
                             const RearrangeOptions& options) {
  return stats::permute_groups(
      values_of(data),
      [&](stats::GroupedValues groups) {
        return stats::kolmogorov_smirnov_test(
                   groups[0], groups[1],
                   {.method = stats::RankMethod::normal, .alternative = settings.alternative})
            .statistic;
      },
      upwards(options));
}

Rearranged permute_correlation(const TestData& data, const TestSettings& settings,
                               const RearrangeOptions& options) {
  if (settings.method == "kendall")
    return stats::permute_pairs(data.x, data.y, kendall_tau, options);
  if (settings.method == "spearman")
    return stats::permute_pairs(stats::mid_ranks_of(data.x).ranks,
                                stats::mid_ranks_of(data.y).ranks, pearson_r, options);
  return stats::permute_pairs(data.x, data.y, pearson_r, options);
}

Rearranged permute_counts(const TestData& data, const TestSettings&,
                          const RearrangeOptions& options) {
  const Vec rows = data.counts.rowwise().sum(), columns = data.counts.colwise().sum().transpose();
  const Mat expected = rows * columns.transpose() / rows.sum();
  return permute_labels(data, options, [&](const Mat& table) {
    return (table - expected).array().square().cwiseQuotient(expected.array().max(1e-300)).sum();
  });
}

Rearranged permute_fisher(const TestData& data, const TestSettings& settings,
                          const RearrangeOptions& options) {
  require(settings.alternative == stats::Alternative::two_sided && settings.mu.value_or(1) == 1,
          "--permutation takes neither --alternative nor --mu with fisher; leave them out");
  // The less likely a table, the larger is the product of the factorials of its cells.
  return permute_labels(data, options, [](const Mat& table) {
    double sum = 0;
    for (Index j = 0; j < table.cols(); ++j)
      for (Index i = 0; i < table.rows(); ++i) sum += std::lgamma(table(i, j) + 1);
    return sum;
  });
}

}  // namespace mathtool::cli
