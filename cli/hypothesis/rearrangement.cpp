#include "cli/hypothesis/rearrangement.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/hypothesis/test_kind.hpp"
#include "cli/hypothesis/test_samples.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"
#include "mathtool/stats/hypothesis/kolmogorov_smirnov_test.hpp"
#include "mathtool/stats/hypothesis/kruskal_wallis.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/wilcoxon_signed_rank.hpp"
#include "mathtool/stats/rank_correlation.hpp"

namespace mathtool::cli {
namespace {

using stats::Moments;
using Part = std::span<const double>;

Moments moments_of_part(Part values) {
  Moments moments;
  moments.push(values);
  return moments;
}

double mean_gap(const Moments& x, const Moments& y) {
  return static_cast<double>(x.precise_mean() - y.precise_mean());
}

double median_of_part(Part values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
}

/// Ranks, ties sharing their mean, as one list.
std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i)
      ranks[order[i]] = static_cast<double>(begin + end + 1) / 2;
  }
  return ranks;
}

/// The samples with each value replaced by its rank among all.
std::vector<std::vector<double>> ranked_samples(std::vector<std::vector<double>> samples) {
  std::vector<double> all;
  for (const std::vector<double>& sample : samples)
    all.insert(all.end(), sample.begin(), sample.end());
  const std::vector<double> ranks = ranks_of(all);
  std::size_t next = 0;
  for (std::vector<double>& sample : samples)
    for (double& value : sample) value = ranks[next++];
  return samples;
}

double pearson_r(Part x, Part y) {
  const Moments a = moments_of_part(x), b = moments_of_part(y);
  double products = 0;
  for (std::size_t i = 0; i < x.size(); ++i) products += (x[i] - a.mean()) * (y[i] - b.mean());
  return products / std::sqrt(a.squares() * b.squares());
}

double kendall_tau(Part x, Part y) {
  Mat X(std::ssize(x), 2);
  for (Index i = 0; i < X.rows(); ++i) {
    X(i, 0) = x[static_cast<std::size_t>(i)];
    X(i, 1) = y[static_cast<std::size_t>(i)];
  }
  return stats::kendall_correlation(X, {.threads = 1}).r(0, 1);
}

/// Σ nᵢ (mean of group − mean of all)²: with the values given, F rises with it.
double between_squares(stats::GroupedValues groups) {
  Moments all;
  std::vector<Moments> parts;
  for (const Part& group : groups) {
    parts.push_back(moments_of_part(group));
    all.merge(parts.back());
  }
  double sum = 0;
  for (const Moments& part : parts) {
    const double gap = mean_gap(part, all);
    sum += part.weight() * gap * gap;
  }
  return sum;
}

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
  return median_of_part(samples[0]);
}

double estimate_correlation(DrawnSamples samples, const TestSettings& settings) {
  if (settings.method == "pearson") return pearson_r(samples[0], samples[1]);
  if (settings.method == "kendall") return kendall_tau(samples[0], samples[1]);
  return pearson_r(ranks_of(samples[0]), ranks_of(samples[1]));
}

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
        settings.by_means ? moments_of_part(sample).mean() : median_of_part(sample);
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
  const std::vector<double> ranks = ranks_of(distances);
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
  const bool ranks = settings.method == "spearman";
  return stats::permute_pairs(ranks ? ranks_of(data.x) : data.x, ranks ? ranks_of(data.y) : data.y,
                              pearson_r, options);
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
