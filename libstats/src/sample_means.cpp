#include "mathtool/stats/sample_means.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/expectation.hpp"
#include "radix_sort.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {
namespace {

constexpr Index block_size = 1024;  ///< means that share a stream of random numbers

/// The means of one block, each of n variates that are drawn in pieces which fit into cache.
void draw_block(const AnyDistribution& d, std::int64_t n, math::Philox random,
                const StopToken& stop, std::span<double> means) {
  constexpr std::int64_t piece = 1024;
  std::vector<double> x(static_cast<std::size_t>(std::min(n, piece)));
  for (double& mean : means) {
    double sum = 0;
    for (std::int64_t left = n; left > 0; left -= piece) {
      stop.check();
      const std::span<double> part(x.data(), static_cast<std::size_t>(std::min(left, piece)));
      d.sample(random, part);
      double part_sum = 0;
      for (const double value : part) part_sum += value;
      sum += part_sum;
    }
    mean = sum / static_cast<double>(n);
  }
}

/// Pre: ascending.
double normal_distance(const std::vector<double>& means, double mean, double sd) {
  double distance = 0;
  const auto count = static_cast<double>(means.size());
  for (std::size_t i = 0; i < means.size(); ++i) {
    const auto p = static_cast<double>(normal_tails((means[i] - mean) / sd).below);
    const auto below = static_cast<double>(i);
    distance = std::max({distance, p - below / count, (below + 1) / count - p});
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
  const Index blocks = (std::ssize(means) + block_size - 1) / block_size;
  math::parallel_for(
      blocks,
      [&](Index block) {
        const Index first = block * block_size;
        const Index count = std::min(block_size, std::ssize(means) - first);
        draw_block(d, n, math::Philox(options.seed, static_cast<std::uint64_t>(block)),
                   options.stop,
                   means.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)));
      },
      options.threads);

  Moments moments;
  for (const double mean : means) moments.push(mean);
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
  result.berry_esseen = standardized ? berry_esseen(d, result.expected_mean, sd, n) : infinity;
  return result;
}

}  // namespace mathtool::stats
