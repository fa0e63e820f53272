#include "mathtool/stats/sample_means.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/array_verbs.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/expectation.hpp"
#include "radix_sort.hpp"

namespace mathtool::stats {
namespace {

constexpr Index means_per_stream = 1024;  ///< means that share a stream of random numbers

constexpr std::size_t piece = 8192;  ///< variates drawn at once, which stay in cache

/// In four lanes, which need not wait for each other.
double sum(std::span<const double> x) {
  std::array<double, 4> lane{};
  std::size_t i = 0;
  for (; i + 4 <= x.size(); i += 4)
    for (std::size_t j = 0; j < 4; ++j) lane[j] += x[i + j];
  for (std::size_t j = 0; i < x.size(); ++i, ++j) lane[j] += x[i];
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/// The sums of n variates: many of them, or a part of one, at once.
void draw_sums(const AnyDistribution& d, std::size_t n, math::Philox& random, const StopToken& stop,
               std::span<double> sums) {
  if (n <= piece && d.sample_sums(random, n, sums)) return stop.check();
  std::vector<double> x(std::max(std::min(sums.size() * n, piece), std::min(n, piece)));
  const std::size_t together = std::max<std::size_t>(1, x.size() / n);
  for (std::size_t first = 0; first < sums.size(); first += together) {
    const std::size_t count = std::min(together, sums.size() - first);
    std::fill_n(sums.begin() + static_cast<Index>(first), count, 0.0);
    for (std::size_t left = n; left > 0;) {
      stop.check();
      const std::size_t length = std::min(left, x.size());
      const std::span<double> part(x.data(), count * length);
      d.sample(random, part);
      for (std::size_t i = 0; i < count; ++i)
        sums[first + i] += sum(part.subspan(i * length, length));
      left -= length;
    }
  }
}

/// Pre: ascending.
double normal_distance(std::span<const double> means, double mean, double sd) {
  const AnyDistribution normal = Normal(mean, sd);
  const auto count = static_cast<double>(means.size());
  std::array<double, 4096> p;
  double distance = 0;
  for (std::size_t first = 0; first < means.size(); first += p.size()) {
    const std::size_t size = std::min(p.size(), means.size() - first);
    cdf(normal, means.subspan(first, size), std::span(p).first(size));
    for (std::size_t i = 0; i < size; ++i) {
      const auto below = static_cast<double>(first + i);
      distance = std::max({distance, p[i] - below / count, (below + 1) / count - p[i]});
    }
  }
  return distance;
}

double berry_esseen(const AnyDistribution& d, double mean, double sd, std::int64_t n) {
  const math::Estimate third =
      expectation(d, [&](double x) { return std::pow(std::abs(x - mean) / sd, 3); });
  if (third.status == Status::divergent || !std::isfinite(third.value)) return infinity;
  return std::min(1.0, 0.3328 * (third.value + 0.429) / std::sqrt(static_cast<double>(n)));
}

}  // namespace

SampleMeans sample_means(const AnyDistribution& d, std::int64_t n,
                         const SampleMeansOptions& options) {
  require(n >= 1, "sample_means: n must be >= 1, got {}", n);
  require(options.samples >= 2, "sample_means: samples must be >= 2, got {}", options.samples);
  SampleMeans result{.n = n};
  result.means.resize(static_cast<std::size_t>(options.samples));
  const std::span<double> means = result.means;
  const Index blocks = (std::ssize(means) + means_per_stream - 1) / means_per_stream;
  math::parallel_for(
      blocks,
      [&](Index block) {
        const Index first = block * means_per_stream;
        const Index count = std::min(means_per_stream, std::ssize(means) - first);
        const std::span<double> part =
            means.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
        math::Philox random(options.seed, static_cast<std::uint64_t>(block));
        draw_sums(d, static_cast<std::size_t>(n), random, options.stop, part);
        for (double& mean : part) mean /= static_cast<double>(n);
      },
      options.threads);

  Moments moments;
  moments.push(result.means);
  result.mean = moments.mean();
  result.sd = std::sqrt(moments.variance());
  result.skewness = moments.skewness();
  const double sd = stats::sd(d);
  result.expected_mean = stats::mean(d);
  result.expected_sd = sd / std::sqrt(static_cast<double>(n));
  radix_sort(means);
  const bool standardized = std::isfinite(result.expected_mean) && std::isfinite(sd) && sd > 0;
  result.ks_distance = standardized
                           ? normal_distance(result.means, result.expected_mean, result.expected_sd)
                           : not_a_number;
  const double without_bound = sd == 0 ? not_a_number : infinity;
  result.berry_esseen = standardized ? berry_esseen(d, result.expected_mean, sd, n) : without_bound;
  return result;
}

}  // namespace mathtool::stats
